import { describe, expect, it } from "vitest";
import { Fetching } from "./fetching";
import { hostileProvider, past } from "./test/hostile-provider";
import { keyPair, signed } from "./test/signing";
import { resolveChain } from "./trust-chain";

const { federation, site, provider, refusal, says } = hostileProvider();

describe("a provider", () => {
  it("is known by an authority below the trust anchor, with what the policies leave of its metadata", async () => {
    const { chain, issuer, keys } = await provider();
    expect(issuer).toBe(federation.entity("provider"));
    expect(chain.statements.map(({ claims }) => new URL(claims.iss).pathname)).toEqual([
      ...["/provider", "/authority", "/anchor", "/anchor"],
    ]);
    expect(chain.metadata.openid_provider).toMatchObject({
      subject_types_supported: ["pairwise"],
      id_token_signing_alg_values_supported: ["RS256"],
    });
    expect(keys.keys.map(({ kid }) => kid)).toEqual(["provider-tokens"]);
    expect(chain.expires.getTime()).toBeGreaterThan(Date.now());
  });

  it.each(["anchor", "authority", "provider"])(
    "is refused where the configuration of %s has run out",
    async (name) => {
      if (name === "provider") says(past);
      else {
        const keys = name === "anchor" ? federation.keys.anchor : federation.keys.authority;
        const metadata = {
          federation_entity: { federation_fetch_endpoint: `${federation.entity(name)}/fetch` },
        };
        federation.configuration(name, keys, {
          ...past,
          metadata,
          authority_hints: [federation.entity("anchor")],
        });
      }
      expect(await refusal()).toBe("statement");
    },
  );

  it("is refused where what an authority says of it has run out, or begins later", async () => {
    const { authority, anchor } = federation.keys;
    federation.about("authority", "provider", authority, { ...federation.saidOfProvider(), ...past });
    expect(await refusal()).toBe("statement");
    federation.reset();
    const later = Math.floor(Date.now() / 1000) + 3600;
    const said = { jwks: { keys: [authority.known] }, iat: later, exp: later + 60 };
    federation.about("anchor", "authority", anchor, said);
    expect(await refusal()).toBe("statement");
  });

  it("is refused below an anchor that this site does not know", async () => {
    const { foreign, providerFederation } = federation.keys;
    says({ authority_hints: [federation.entity("foreign")] });
    federation.about("foreign", "provider", foreign, { jwks: { keys: [providerFederation.known] } });
    expect(await refusal()).toBe("chain");
  });

  it("is refused below one that only calls itself the anchor: its keys are known beforehand", async () => {
    const { foreign, authority } = federation.keys;
    const metadata = {
      federation_entity: { federation_fetch_endpoint: `${federation.entity("anchor")}/fetch` },
    };
    federation.configuration("anchor", foreign, { metadata });
    federation.about("anchor", "authority", foreign, { jwks: { keys: [authority.known] } });
    expect(await refusal()).toBe("statement");
  });

  it("is refused where an authority has never heard of it, or vouches for other keys", async () => {
    federation.documents.delete(
      `/authority/fetch?${new URLSearchParams({ sub: federation.entity("provider") })}`,
    );
    expect(await refusal()).toBe("unreachable");
    const said = { jwks: { keys: [federation.keys.foreign.known] } };
    federation.about("authority", "provider", federation.keys.authority, said);
    expect(await refusal()).toBe("statement");
  });

  it("is refused with a statement of another subject or issuer", async () => {
    const { authority } = federation.keys;
    const { pathname, search } = new URL(
      `${federation.entity("authority")}/fetch?${new URLSearchParams({ sub: federation.entity("provider") })}`,
    );
    for (const claims of [
      { iss: federation.entity("authority"), sub: federation.entity("other") },
      { iss: federation.entity("other"), sub: federation.entity("provider") },
    ]) {
      federation.documents.set(pathname + search, async () => ({
        body: await signed({ ...federation.saidOfProvider(), ...claims }, authority.secret),
      }));
      expect(["statement", "chain"]).toContain(await refusal());
    }
  });

  it("is refused where the way is longer than the anchor allows, or goes round", async () => {
    const { anchor, authority, foreign, providerFederation } = federation.keys;
    const middle = {
      metadata: { federation_entity: { federation_fetch_endpoint: `${federation.entity("middle")}/fetch` } },
    };
    federation.configuration("middle", foreign, {
      ...middle,
      authority_hints: [federation.entity("authority")],
    });
    federation.about("authority", "middle", authority, { jwks: { keys: [foreign.known] } });
    federation.about("middle", "provider", foreign, { jwks: { keys: [providerFederation.known] } });
    says({ authority_hints: [federation.entity("middle")] });
    expect(await refusal()).toBe("chain");
    // Its own authorities name it as theirs.
    federation.configuration("middle", foreign, { ...middle, authority_hints: [federation.entity("ring")] });
    federation.configuration("ring", anchor, {
      authority_hints: [federation.entity("middle"), federation.entity("ring")],
      metadata: { federation_entity: { federation_fetch_endpoint: `${federation.entity("ring")}/fetch` } },
    });
    federation.about("ring", "middle", anchor, { jwks: { keys: [foreign.known] } });
    expect(await refusal()).toBe("chain");
  });

  it("costs no more requests than one budget, whatever it names as authorities", async () => {
    const names = Array.from({ length: 10 }, (_, index) => `crowd-${index}`);
    for (const name of names) {
      const metadata = {
        federation_entity: { federation_fetch_endpoint: `${federation.entity(name)}/fetch` },
      };
      const authority_hints = names.map((other) => federation.entity(other));
      federation.configuration(name, federation.keys.foreign, { metadata, authority_hints });
      for (const other of [...names, "provider"])
        federation.about(name, other, federation.keys.foreign, {
          jwks: { keys: [federation.keys.foreign.known] },
        });
    }
    says({ authority_hints: names.map((name) => federation.entity(name)) });
    expect(await refusal()).toBeDefined();
    expect(federation.asked.length).toBeLessThanOrEqual(20);
  });

  it("is refused where policies leave it without what it needs, or contradict each other", async () => {
    const { anchor, authority } = federation.keys;
    const policy = (openid_provider: object) => ({ metadata_policy: { openid_provider } });
    const keys = { jwks: { keys: [authority.known] } };
    federation.about("anchor", "authority", anchor, {
      ...keys,
      ...policy({ token_endpoint: { value: null } }),
    });
    expect(await refusal()).toBe("metadata");
    const other = policy({ subject_types_supported: { value: ["public"] } });
    federation.about("anchor", "authority", anchor, { ...keys, ...other });
    expect(await refusal()).toBe("policy");
  });

  it("is refused where its endpoints, keys or issuer are of another", async () => {
    for (const metadata of [
      { token_endpoint: "http://127.0.0.1:1/token" },
      { userinfo_endpoint: "https://elsewhere.example/userinfo" },
      { jwks: undefined, jwks_uri: "https://elsewhere.example/keys" },
      { jwks: undefined },
      { issuer: federation.entity("other") },
    ]) {
      says({}, metadata);
      expect(await refusal(), JSON.stringify(metadata)).toBe("metadata");
    }
  });
});

describe("an algorithm", () => {
  const publicKey = () => {
    const { n } = federation.keys.providerFederation.known;
    return Buffer.from(String(n), "base64url");
  };
  const document = (body: string) =>
    federation.documents.set("/provider/.well-known/openid-federation", async () => ({ body }));

  it("that is none, or a shared secret made of the public key, signs nothing", async () => {
    const claims = { iat: 1, exp: 4_000_000_000, ...(await federation.saidByProvider()) };
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    for (const alg of ["none", "None", "nOnE"])
      for (const signature of ["", "AAAA"]) {
        const header = { alg, kid: "provider-federation", typ: "entity-statement+jwt" };
        document(`${part(header)}.${part(claims)}.${signature}`);
        expect(await refusal()).toBe("statement");
      }
    const header = { alg: "HS256", kid: "provider-federation" };
    document(await signed(claims, publicKey(), header));
    expect(await refusal()).toBe("statement");
    const secret = { kty: "oct", k: publicKey().toString("base64url"), kid: "provider-federation" };
    document(await signed({ ...claims, jwks: { keys: [secret] } }, publicKey(), header));
    expect(await refusal()).toBe("statement");
  });

  it("with a key that is too short, a key that is not named, or another type of token is not taken", async () => {
    says({}, {}, federation.keys.providerFederation.secret, { typ: "JWT" });
    expect(await refusal()).toBe("statement");
    says({}, {}, federation.keys.providerFederation.secret, { kid: "" });
    expect(await refusal()).toBe("statement");
    says({}, {}, federation.keys.providerFederation.secret, { kid: "other" });
    expect(await refusal()).toBe("statement");
    says({}, {}, federation.keys.providerFederation.secret, { alg: "PS256" });
    expect(await refusal()).toBe("statement");
    says({ crit: ["unknown"] });
    expect(await refusal()).toBe("statement");
  });
});

describe("a municipality of this site", () => {
  const chainOf = (clientId: string) =>
    resolveChain(clientId, {
      anchors: [{ entity: federation.entity("anchor"), keys: { keys: [federation.keys.anchor.known] } }],
      fetching: new Fetching(true),
      now: new Date(),
    });

  it("is a relying party of its own below the aggregator, which the anchor vouches for", async () => {
    const chain = await chainOf(`${site().entity}c_demo1/`);
    expect(chain.metadata.openid_relying_party).toMatchObject({
      client_id: `${federation.origin}/api/federation/c_demo1/`,
      redirect_uris: [`${federation.origin}/api/federation/c_demo1/callback`],
      client_registration_types: ["automatic"],
      token_endpoint_auth_method: "private_key_jwt",
    });
    const published = JSON.stringify(chain.statements);
    for (const key of Object.values(site().keys)) expect(published).not.toContain(key.d);
    const [leaf] = chain.statements;
    expect(leaf?.claims.trust_marks).toHaveLength(1);
    const federationKeys = leaf?.claims.jwks.keys.map(({ kid }) => kid);
    expect(federationKeys).toEqual(["site-federation"]);
  });

  it("is none where it is not in the settings", async () => {
    expect(await refusal(chainOf(`${site().entity}c_other/`))).toBe("unreachable");
    expect(await refusal(chainOf(`${site().entity}constructor/`))).toBe("unreachable");
  });
});

it("keys of fewer than 2,048 bits sign nothing", async () => {
  const weak = keyPair("weak", 1024);
  says({ jwks: { keys: [weak.known] } });
  const body = await signed(await federation.saidByProvider(), federation.keys.providerFederation.secret);
  const [, payload = ""] = body.split(".");
  const { createSign, createPrivateKey } = await import("node:crypto");
  const claims = {
    ...JSON.parse(Buffer.from(payload, "base64url").toString()),
    jwks: { keys: [weak.known] },
  };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const head = `${part({ alg: "RS256", kid: "weak", typ: "entity-statement+jwt" })}.${part(claims)}`;
  const key = createPrivateKey({ key: weak.secret as never, format: "jwk" });
  const signature = createSign("sha256").update(head).sign(key).toString("base64url");
  federation.documents.set("/provider/.well-known/openid-federation", async () => ({
    body: `${head}.${signature}`,
  }));
  expect(await refusal()).toBe("statement");
});
