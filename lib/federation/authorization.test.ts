import { CompactEncrypt, importJWK } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { question, readAnswer, redeem, type Secrets, type Transcript } from "./authorization";
import { type Provider, resolveProvider } from "./providers";
import { FederationRefusal } from "./refusal";
import type { Federation } from "./settings";
import { LocalFederation } from "./test/local-federation";
import { localSite, register } from "./test/local-site";
import { keyPair, signed } from "./test/signing";

const federation = new LocalFederation();
let site: Federation;
let provider: Provider;
beforeAll(async () => {
  await federation.start();
  site = localSite(federation);
});
afterAll(() => federation.stop());
beforeEach(async () => {
  federation.reset();
  register(federation, site);
  provider = await resolveProvider(site, required(site.settings.providers[0]), new Date());
});

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("is missing");
  return value;
}
const member = (index = 0) => required(site.settings.members[index]);
const ask = (index = 0) => question(site, member(index), provider, { language: "it", now: new Date() });
const take = (
  query: URLSearchParams,
  secrets: Secrets,
  transcript: Transcript = { request: "" },
  index = 0,
) => {
  const code = readAnswer(query, provider, secrets);
  return redeem(site, member(index), provider, { code, secrets, transcript, now: new Date() });
};
/** A whole sign-in, as the provider is now. */
const signIn = async (transcript?: Transcript) => {
  const { location, secrets } = await ask();
  return take(await federation.provider.authorize(location), secrets, transcript);
};
const refusal = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error !== undefined && !(error instanceof FederationRefusal)) throw error;
  return error?.code;
};

describe("a sign-in", () => {
  it("says who the person is, at which level, and keeps what the provider signed", async () => {
    const transcript: Transcript = { request: "" };
    const before = Math.floor(Date.now() / 1000);
    const found = await signIn(transcript);
    expect(found).toMatchObject({
      level: 2,
      attributes: { fiscalNumber: "RSSNNA85T50A562J", givenName: "Anna", birthDate: "1985-12-10" },
    });
    expect(found.authenticatedAt.getTime() / 1000).toBeGreaterThanOrEqual(before);
    expect(transcript.userinfoResponse?.split(".")).toHaveLength(3);
    expect(JSON.parse(transcript.tokenResponse ?? "")).toHaveProperty("id_token");
  });

  it("takes a stronger level than was asked for, and none that is lower or unknown", async () => {
    federation.provider.acr = "https://www.spid.gov.it/SpidL3";
    expect((await signIn()).level).toBe(3);
    for (const acr of ["SpidL1", "SpidL0", "SpidL22", ""]) {
      federation.provider.acr = `https://www.spid.gov.it/${acr}`;
      expect(await refusal(signIn()), acr).toBe("level");
    }
    federation.provider.acr = "https://elsewhere.example/SpidL3";
    expect(await refusal(signIn())).toBe("level");
  });
});

describe("an answer in the browser", () => {
  it("counts once: the code a second time is refused", async () => {
    const { location, secrets } = await ask();
    const query = await federation.provider.authorize(location);
    expect(await refusal(take(query, secrets))).toBeUndefined();
    expect(await refusal(take(query, secrets))).toBe("answer");
  });

  it("of another sign-in, browser or municipality is refused", async () => {
    const [mine, theirs] = [await ask(), await ask()];
    const stolen = await federation.provider.authorize(theirs.location);
    expect(await refusal(Promise.resolve().then(() => take(stolen, mine.secrets)))).toBe("answer");
    // With the state put right, the code is bound to the other's verifier.
    stolen.set("state", mine.secrets.state);
    expect(await refusal(take(stolen, mine.secrets))).toBe("answer");
    const { location, secrets } = await ask(0);
    const query = await federation.provider.authorize(location);
    // The other municipality's assertion is not that of the client the code was given to.
    expect(await refusal(take(query, secrets, undefined, 1))).toBe("answer");
  });

  it("is refused where it names another issuer, two, or none though it should", async () => {
    const { location, secrets } = await ask();
    const query = await federation.provider.authorize(location);
    const read = (change: (query: URLSearchParams) => void, by = provider) => {
      const changed = new URLSearchParams(query);
      change(changed);
      return refusal(Promise.resolve().then(() => readAnswer(changed, by, secrets)));
    };
    expect(await read(() => {})).toBeUndefined();
    expect(await read((changed) => changed.set("iss", federation.entity("other")))).toBe("answer");
    expect(await read((changed) => changed.append("iss", federation.entity("other")))).toBe("answer");
    expect(await read((changed) => changed.append("code", "second"))).toBe("answer");
    expect(await read((changed) => changed.delete("iss"))).toBeUndefined();
    const cie = { ...provider, namesItself: true };
    expect(await read((changed) => changed.delete("iss"), cie)).toBe("answer");
    expect(await read((changed) => changed.set("error", "access_denied"))).toBe("denied");
  });
});

describe("an ID token", () => {
  const withToken = async (make: (claims: Record<string, unknown>) => Promise<string>) => {
    federation.provider.idToken = make;
    return refusal(signIn());
  };
  const key = () => federation.keys.provider.secret;

  it("of another issuer, audience, nonce or time is refused", async () => {
    const old = Math.floor(Date.now() / 1000) - 1200;
    for (const change of [
      ...[{ iss: federation.entity("other") }, { aud: `${site.entity}c_demo2/` }, { nonce: "another" }],
      ...[{ aud: [`${site.entity}c_demo1/`, "other"] }, { at_hash: "another" }, { at_hash: undefined }],
      ...[
        { iat: old, exp: old + 300 },
        { iat: old },
        { exp: undefined },
        { acr: undefined },
        { jti: undefined },
      ],
    ])
      expect(
        await withToken((claims) => signed({ ...claims, ...change }, key(), { typ: "JWT" })),
        JSON.stringify(change),
      ).toBe("token");
  });

  it("is refused without a signature, under the public key as a secret, or by keys of somebody else", async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const times = { iat: Math.floor(Date.now() / 1000), exp: 4_000_000_000 };
    expect(
      await withToken(
        async (claims) =>
          `${part({ alg: "none", kid: "provider-tokens" })}.${part({ ...claims, ...times })}.`,
      ),
    ).toBe("token");
    const secret = Buffer.from(String(key().n), "base64url");
    expect(
      await withToken((claims) => signed(claims, secret, { alg: "HS256", kid: "provider-tokens" })),
    ).toBe("token");
    const foreign = { ...federation.keys.foreign.secret, kid: "provider-tokens" };
    expect(await withToken((claims) => signed(claims, foreign))).toBe("token");
    // Keys of the federation sign statements, and no tokens.
    expect(await withToken((claims) => signed(claims, federation.keys.providerFederation.secret))).toBe(
      "token",
    );
  });
});

describe("UserInfo", () => {
  it("of another subject, audience or issuer is refused", async () => {
    for (const change of [
      { sub: "pairwise-2" },
      { aud: `${site.entity}c_demo2/` },
      { iss: federation.entity("other") },
      { sub: undefined },
    ]) {
      federation.provider.userinfoClaims = change;
      expect(await refusal(signIn()), JSON.stringify(change)).toBe("token");
    }
  });

  it("is refused where it is only signed, only encrypted, or encrypted in a way that is given up", async () => {
    const encrypt = async (
      text: string,
      alg: string,
      key: Parameters<typeof importJWK>[0],
      enc = "A256CBC-HS512",
    ) =>
      new CompactEncrypt(Buffer.from(text))
        .setProtectedHeader({ alg, enc, cty: "JWT" })
        .encrypt(await importJWK(key, alg));
    federation.provider.userinfo = async (inner) => inner;
    expect(await refusal(signIn())).toBe("token");
    federation.provider.userinfo = (inner, key) => {
      const [, payload = ""] = inner.split(".");
      return encrypt(Buffer.from(payload, "base64url").toString(), "RSA-OAEP-256", key);
    };
    expect(await refusal(signIn())).toBe("token");
    federation.provider.userinfo = (inner, key) => encrypt(inner, "RSA-OAEP-512", key);
    expect(await refusal(signIn())).toBe("token");
    federation.provider.userinfo = (inner, key) => encrypt(inner, "RSA-OAEP-256", key, "A128GCM");
    expect(await refusal(signIn())).toBe("token");
    const stranger = keyPair("site-encryption");
    federation.provider.userinfo = (inner) => encrypt(inner, "RSA-OAEP-256", stranger.known);
    expect(await refusal(signIn())).toBe("token");
    federation.provider.userinfo = (inner, key) => encrypt(inner, "RSA-OAEP", key, "A128CBC-HS256");
    expect(await refusal(signIn())).toBeUndefined();
  });

  it("encrypted with RSA1_5 is refused before anything is decrypted", async () => {
    const part = (value: object | string) =>
      Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
    federation.provider.userinfo = async () =>
      [
        part({ alg: "RSA1_5", enc: "A128CBC-HS256" }),
        part("k".repeat(256)),
        part("i".repeat(16)),
        part("c"),
        part("t"),
      ].join(".");
    expect(await refusal(signIn())).toBe("token");
  });

  it("has to say a fiscal number with the right check letter, a name and a date of birth", async () => {
    const fiscal = "https://attributes.eid.gov.it/fiscal_number";
    for (const change of [
      ...[{ [fiscal]: "TINIT-RSSNNA85T50A562K" }, { [fiscal]: "RSSNNA85T50A562J" }, { [fiscal]: undefined }],
      ...[{ [fiscal]: "TINDE-RSSNNA85T50A562J" }, { [fiscal]: ["TINIT-RSSNNA85T50A562J"] }],
      ...[{ given_name: " " }, { family_name: 3 }, { birthdate: "10/12/1985" }],
    ]) {
      federation.provider.userinfoClaims = change;
      expect(await refusal(signIn()), JSON.stringify(change)).toBe("attributes");
    }
  });

  it("keeps a number of omocodia as it is: it is not the number it was made from", async () => {
    federation.provider.person = { ...federation.provider.person, fiscal: "RSSNNA85T50A56NY" };
    expect((await signIn()).attributes.fiscalNumber).toBe("RSSNNA85T50A56NY");
  });
});
