import { generateKeyPairSync, type KeyPairKeyObjectResult } from "node:crypto";
import { createServer } from "node:http";
import type { Frame, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeChecks } from "@/chaincode/src/ledger/checks";
import { assertionVectors } from "@/chaincode/testing/assertion-vectors";
import { Authenticator, type Said, sha256 } from "@/chaincode/testing/authenticator";
import { fromBase64url, toBase64url } from "@/protocol/acts/base64url";
import { Assertion, readCarried } from "@/protocol/acts/carried";
import { checkGesture, type GestureKey } from "@/protocol/acts/gesture";
import { actBytes } from "@/protocol/acts/signed-act";
import { coseAlgorithms } from "@/protocol/cose-algorithms";
import { RuleError } from "@/protocol/errors";
import { launchBrowser } from "@/tests/browser/browser";
import { type VirtualAuthenticator, virtualAuthenticator } from "@/tests/browser/virtual-authenticator";
import { freePort } from "@/tests/free-port";

const port = await freePort();
const origin = `http://localhost:${port}`;
const elsewhere = `http://other.localhost:${port}`;
const server = createServer((request, response) => {
  response.setHeader("content-type", "text/html; charset=utf-8");
  const framed = `<iframe src="${origin}" allow="publickey-credentials-get *"></iframe>`;
  response.end(`<!doctype html><title>A page</title>${request.url === "/around" ? framed : ""}`);
});
await new Promise<void>((resolve) => server.listen(port, resolve));
const browser = await launchBrowser();
let page: Page;
let authenticator: VirtualAuthenticator;
beforeAll(async () => {
  page = await browser.newPage();
  authenticator = await virtualAuthenticator(page);
});
afterAll(async () => {
  await browser.close();
  server.close();
});

const text = '{"act":"one"}';
const honest: Said = { origin, rpId: "localhost" };
const pairs = {
  ES256: generateKeyPairSync("ec", { namedCurve: "P-256" }),
  EdDSA: generateKeyPairSync("ed25519"),
  RS256: generateKeyPairSync("rsa", { modulusLength: 2048 }),
};
const algorithms = Object.keys(pairs) as (keyof typeof pairs)[];

describe.each(algorithms)("what Chromium signs with %s", (name) => {
  const algorithm = coseAlgorithms[name];
  const key = new Authenticator(algorithm, pairs[name]);
  let made: Assertion;
  beforeAll(async () => {
    await authenticator.hold(key.credential, pairs[name].privateKey);
    await page.goto(origin);
    made = await assertion(page.mainFrame(), key);
  });

  it("is taken", async () => {
    expect(await verdictOn(made, key)).toBe("accepted");
  });

  const vectors = assertionVectors.filter(
    (vector) => (vector.algorithm ?? coseAlgorithms.ES256) === algorithm,
  );
  it.each(vectors.map((vector) => [vector.what, vector] as const))(
    "is refused changed: %s",
    async (_, vector) => {
      const changed = vector.make(new Tamperer(key, pairs[name], made), actBytes(text), honest);
      const saysTheSame =
        changed.clientDataJSON === made.clientDataJSON &&
        changed.authenticatorData === made.authenticatorData;
      // What a key may say is not signed where this one has said something else.
      const verdict = vector.verdict === "accepted" && !saysTheSame ? "bad_signature" : vector.verdict;
      expect(await verdictOn(changed, key)).toBe(verdict);
    },
  );
});

describe("what Chromium signs elsewhere than it should", () => {
  const key = new Authenticator(coseAlgorithms.ES256, pairs.ES256);
  beforeAll(() => authenticator.hold(key.credential, pairs.ES256.privateKey));

  it("is refused where it has verified nobody", async () => {
    await page.goto(origin);
    await authenticator.setVerified(false);
    const made = await assertion(page.mainFrame(), key, { userVerification: "discouraged" });
    await authenticator.setVerified(true);
    expect(await verdictOn(made, key)).toBe("assertion_unverified");
  });

  it("is refused from another port, save in a trial", async () => {
    await page.goto(origin);
    const made = await assertion(page.mainFrame(), key);
    const origins = [`http://localhost:${port + 1}`];
    expect(await verdictOn(made, key, { origins })).toBe("assertion_origin");
    expect(await verdictOn(made, key, { origins, trial: true })).toBe("accepted");
  });

  it("is refused from within a page of another site", async () => {
    await page.goto(`${elsewhere}/around`);
    const frame = page.frames().find((one) => one.url().startsWith(origin));
    if (!frame) throw new Error("the page has no frame");
    expect(await verdictOn(await assertion(frame, key), key)).toBe("assertion_cross_origin");
  });

  it("is refused for another relying party, whatever the page's origin", async () => {
    const other = new Authenticator(coseAlgorithms.ES256, pairs.ES256);
    await authenticator.hold(other.credential, pairs.ES256.privateKey, "other.localhost");
    await page.goto(elsewhere);
    const made = await assertion(page.mainFrame(), other, { rpId: "other.localhost" });
    expect(await verdictOn(made, key)).toBe("assertion_origin");
    expect(await verdictOn(made, key, { origins: [elsewhere] })).toBe("assertion_rp");
    expect(await verdictOn(made, key, { origins: [elsewhere], rpId: "other.localhost" })).toBe("accepted");
  });

  it("is refused where it is the making of a key", async () => {
    await page.goto(origin);
    const made = await assertion(page.mainFrame(), key);
    const clientDataJSON = toBase64url(Buffer.from(await clientDataOfNewKey(), "latin1"));
    expect(await verdictOn({ ...made, clientDataJSON }, key)).toBe("assertion_type");
  });
});

/** Changes what Chromium has signed, and cannot sign it again. */
class Tamperer extends Authenticator {
  constructor(
    key: Authenticator,
    pair: KeyPairKeyObjectResult,
    private readonly made: Assertion,
  ) {
    super(key.algorithm, pair);
  }

  override assert(bytes: Uint8Array, said: Said): Assertion {
    const [before, after] = [super.assert(bytes, honest), super.assert(bytes, said)];
    const part = (name: "clientDataJSON" | "authenticatorData") =>
      after[name] === before[name] ? this.made[name] : after[name];
    return {
      ...this.made,
      clientDataJSON: part("clientDataJSON"),
      authenticatorData: part("authenticatorData"),
    };
  }
}

/** As the chaincode judges it. */
async function verdictOn(
  made: Assertion,
  { spki, algorithm }: Authenticator,
  where: Partial<GestureKey> = {},
): Promise<string> {
  const key = { spki, algorithm, rpId: "localhost", origins: [origin], trial: false, ...where };
  try {
    const carried = readCarried(JSON.stringify({ by: "act", act: text, assertion: made }));
    if (carried?.by !== "act") throw new TypeError("it is no act");
    await checkGesture(carried, key, nodeChecks);
    return "accepted";
  } catch (error) {
    if (error instanceof RuleError) return error.code;
    throw error;
  }
}

/** One that the browser makes in a page, over the act. */
async function assertion(
  frame: Frame,
  { credential }: Authenticator,
  options: { rpId?: string; userVerification?: UserVerificationRequirement } = {},
): Promise<Assertion> {
  const challenge = [...sha256(actBytes(text))];
  const id = [...fromBase64url(credential)];
  const given = await frame.evaluate(
    async ({ challenge, id, rpId = "localhost", userVerification = "required" }) => {
      const made = (await navigator.credentials.get({
        publicKey: {
          ...{ challenge: Uint8Array.from(challenge), rpId, userVerification },
          allowCredentials: [{ type: "public-key", id: Uint8Array.from(id) }],
        },
      })) as PublicKeyCredential;
      const { authenticatorData, clientDataJSON, signature } =
        made.response as AuthenticatorAssertionResponse;
      return [authenticatorData, clientDataJSON, signature].map((bytes) => [...new Uint8Array(bytes)]);
    },
    { challenge, id, ...options },
  );
  const [authenticatorData, clientDataJSON, signature] = given.map((bytes) =>
    toBase64url(Uint8Array.from(bytes)),
  );
  return Assertion.parse({ credential, authenticatorData, clientDataJSON, signature });
}

/** What the browser says of the key that it makes for the act's own challenge. */
function clientDataOfNewKey(): Promise<string> {
  return page.evaluate(
    async (challenge) => {
      const made = (await navigator.credentials.create({
        publicKey: {
          ...{ challenge: Uint8Array.from(challenge), rp: { id: "localhost", name: "A page" } },
          user: { id: Uint8Array.from([1]), name: "Ada", displayName: "Ada" },
          pubKeyCredParams: [{ type: "public-key", alg: -7 }],
        },
      })) as PublicKeyCredential;
      return String.fromCharCode(...new Uint8Array(made.response.clientDataJSON));
    },
    [...sha256(actBytes(text))],
  );
}
