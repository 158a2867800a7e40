/** A local federation for one test file whose provider may say anything of itself, and what the site makes of it. */
import { afterAll, beforeAll, beforeEach } from "vitest";
import { resolveProvider } from "../providers";
import { FederationRefusal } from "../refusal";
import type { Federation } from "../settings";
import { LocalFederation } from "./local-federation";
import { localSite, register } from "./local-site";
import { signed } from "./signing";

/** Of a statement that is over. */
export const past = { iat: 1_600_000_000, exp: 1_600_086_400 };

/** Call it once, at the top of the file: it begins and ends with the file's tests, and is as new for each of them. */
export function hostileProvider() {
  const federation = new LocalFederation();
  let registered: Federation | undefined;
  beforeAll(async () => {
    await federation.start();
    registered = localSite(federation);
  });
  afterAll(() => federation.stop());
  const site = () => {
    if (!registered) throw new Error("the federation has not begun");
    return registered;
  };
  beforeEach(() => {
    federation.reset();
    register(federation, site());
  });

  const provider = () => {
    const [setting] = site().settings.providers;
    if (!setting) throw new Error("no provider");
    return resolveProvider(site(), setting, new Date());
  };
  return {
    federation,
    site,
    provider,
    /** Why the provider is refused. */
    async refusal(work: Promise<unknown> = provider()) {
      const error = await work.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      if (error !== undefined && !(error instanceof FederationRefusal)) throw error;
      return error?.code;
    },
    /** The provider says this of itself. */
    says(more: object, metadata: object = {}, key = federation.keys.providerFederation.secret, header = {}) {
      federation.documents.set("/provider/.well-known/openid-federation", async () => ({
        body: await signed(await federation.saidByProvider(more, metadata), key, header),
      }));
    },
  };
}
