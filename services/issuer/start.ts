import { createRemoteJWKSet } from "jose";
import { z } from "zod";
import { PartRefusal } from "@/lib/part-refusal";
import type { IssuerNumber } from "@/voting/sealed/round";
import { type PartOptions, type RunningPart, runPart } from "../sealed/part";
import { Rounds } from "../sealed/rounds";
import { PartSecret } from "../sealed/secrets";
import { openStore } from "../sealed/store";
import type { Provider } from "./attested";
import { Duties } from "./duties";
import { Issuer } from "./issuer";
import { IssuerKeys } from "./keys";
import { type MailServer, NoticeMail } from "./mail";
import { issuerRoutes } from "./routes";
import { issuerSchema } from "./schema";
import { SignIn } from "./sign-in";
import { Token, type TokenOptions } from "./token";

export interface IssuerPartOptions extends PartOptions {
  readonly number: IssuerNumber;
  /** Address of the identity provider, as its tokens name it. */
  readonly provider: string;
  /** 32 bytes in hexadecimal, under which the roll has fiscal numbers. */
  readonly fiscalNumberKey: string;
  /** Where copies of rolls are handed over. */
  readonly rolls: string;
  /** Where browsers find this issuer, without a slash at the end. */
  readonly address: string;
  /** Secret of the client by which people sign in for a credential; of the guarantors' issuer alone. */
  readonly clientSecret?: string;
  readonly acrValues: string;
  /** Origins whose pages may send somebody to sign in. */
  readonly origins: readonly string[];
  /** Without one notices wait, or are read on the mailbox page. */
  readonly mail?: MailServer;
  /** Whether notices are read on a page instead of being sent: in a trial alone. */
  readonly mailbox: boolean;
  /** Where keys of rounds are made and kept; without one they are encrypted in the store. */
  readonly token?: TokenOptions;
}

export async function startIssuer(options: IssuerPartOptions): Promise<RunningPart> {
  const { number, ledger, now, address } = options;
  const store = openStore(options.folder, issuerSchema);
  const token = options.token && new Token(options.token);
  // It starts without the token too: a process that ended here would be started again, and a wrong PIN locks a token.
  await token?.requireOpen().catch(() => undefined);
  const keys = new IssuerKeys(store, new PartSecret(options.secret), number, undefined, token);
  const rounds = new Rounds(ledger, now);
  const provider: Provider = {
    issuer: options.provider,
    keys: providerKeys(options.provider),
    levels: options.acrValues.split(" ").filter(Boolean),
    fiscalNumberKey: new Uint8Array(Buffer.from(options.fiscalNumberKey, "hex")),
  };
  const issuer = new Issuer({ store, keys, rounds, ledger, provider, address, now });
  const { roll, enrolments } = issuer;
  const duties = new Duties({ store, keys, roll, enrolments, rounds, ledger, rolls: options.rolls, now });
  const signIn = options.clientSecret
    ? new SignIn({
        provider: options.provider,
        secret: options.clientSecret,
        callback: `${address}/v1/sign-in/callback`,
        origins: options.origins,
        acrValues: options.acrValues,
      })
    : undefined;
  const mount = new URL(address).pathname.replace(/\/$/, "");
  const routes = issuerRoutes({ issuer, keys, rounds, signIn, mailbox: options.mailbox, mount });
  const mail = options.mail && new NoticeMail(issuer.notices, options.mail, now);
  const work = async () => {
    await duties.work();
    await mail?.work();
  };
  return runPart(`issuer ${number}`, options, store, routes, work, async () => mail?.close());
}

const Discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });

/** The provider's keys, looked up when the first token comes: nothing asks it before. */
function providerKeys(issuer: string): Provider["keys"] {
  let keys: Promise<Provider["keys"]> | undefined;
  const find = async () => {
    const response = await fetch(`${issuer}/.well-known/openid-configuration`, {
      signal: AbortSignal.timeout(10_000),
    });
    const found = Discovery.parse(await response.json());
    if (found.issuer !== issuer) throw new Error("the provider calls itself otherwise");
    return createRemoteJWKSet(new URL(found.jwks_uri), { timeoutDuration: 10_000 });
  };
  return async (header, token) => {
    keys ??= find().catch(() => {
      keys = undefined;
      throw new PartRefusal(503, "provider_away");
    });
    return (await keys)(header, token);
  };
}
