import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CLOCK_SECONDS,
  isAddress,
  judgeClock,
  judgeDocument,
  judgeKeys,
  readDocument,
} from "./provider-rules";

const issuer = "https://id.example.org";
const asked = { issuer, scopes: ["openid", "profile"], acrValues: ["https://www.spid.gov.it/SpidL2"] };
const good = {
  issuer,
  authorization_endpoint: `${issuer}/auth`,
  token_endpoint: `${issuer}/token`,
  userinfo_endpoint: `${issuer}/me`,
  jwks_uri: `${issuer}/jwks`,
  response_types_supported: ["code"],
  code_challenge_methods_supported: ["S256"],
  scopes_supported: ["openid", "profile", "email"],
  acr_values_supported: asked.acrValues,
  id_token_signing_alg_values_supported: ["RS256"],
  token_endpoint_auth_methods_supported: ["client_secret_basic"],
};

const wrongIn = (change: object) => {
  const said = readDocument({ ...good, ...change });
  return said ? judgeDocument(said, asked).filter(({ state }) => state === "wrong") : undefined;
};

describe("the document of a provider", () => {
  it("is right where it says all that is needed", () => {
    expect(judgeDocument(readDocument(good) ?? expect.fail(), asked).map(({ state }) => state)).toEqual(
      Array(8).fill("right"),
    );
  });

  it.each([
    ["issuer", { issuer: `${issuer}/` }],
    ["endpoints", { userinfo_endpoint: undefined }],
    ["endpoints", { token_endpoint: "http://id.example.org/token" }],
    ["code", { response_types_supported: ["id_token"] }],
    ["pkce", { code_challenge_methods_supported: ["plain"] }],
    ["scopes", { scopes_supported: ["openid"] }],
    ["levels", { acr_values_supported: ["https://www.spid.gov.it/SpidL1"] }],
    ["algorithm", { id_token_signing_alg_values_supported: ["ES256"] }],
    ["secret", { token_endpoint_auth_methods_supported: ["private_key_jwt"] }],
  ])("has a wrong %s, and nothing else", (about, change) => {
    expect(wrongIn(change)?.map((finding) => finding.about)).toEqual([about]);
  });

  it("is not wrong for what it does not say, but for its addresses", () => {
    const said = readDocument({ issuer }) ?? expect.fail();
    const states = Object.fromEntries(judgeDocument(said, asked).map(({ about, state }) => [about, state]));
    expect(states).toMatchObject({ endpoints: "wrong", pkce: "unsaid", scopes: "unsaid", secret: "right" });
  });

  it("can be anything without an error", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const said = readDocument(value);
        if (said)
          for (const { what } of judgeDocument(said, asked)) expect(what.length).toBeLessThanOrEqual(300);
        expect(["right", "wrong"]).toContain(judgeKeys(value).state);
      }),
    );
  });
});

it("keys are those that check the signatures of the algorithm", () => {
  const state = (...keys: object[]) => judgeKeys({ keys }).state;
  expect(state()).toBe("wrong");
  expect(state({ kty: "RSA" })).toBe("right");
  expect(state({ kty: "EC" }, { kty: "RSA", use: "enc" }, { kty: "RSA", alg: "PS256" })).toBe("wrong");
  expect(judgeKeys({ keys: [{ kty: "RSA", use: "sig", alg: "RS256" }, { kty: "EC" }] }).what).toBe("1");
});

it("clocks may differ by a minute", () => {
  const now = new Date("2026-12-01T12:00:00Z");
  const at = (seconds: number) =>
    judgeClock(new Date(now.getTime() + seconds * 1000).toUTCString(), now).state;
  expect([at(0), at(CLOCK_SECONDS), at(-CLOCK_SECONDS)]).toEqual(["right", "right", "right"]);
  expect([at(CLOCK_SECONDS + 1), at(-CLOCK_SECONDS - 1)]).toEqual(["wrong", "wrong"]);
  expect(judgeClock(null, now).state).toBe("unsaid");
});

it("addresses without encryption are of a provider on the same site alone", () => {
  expect(isAddress("http://localhost:3000/token", "http://localhost:3000/trial-id")).toBe(true);
  expect(isAddress("http://localhost:4000/token", "http://localhost:3000/trial-id")).toBe(false);
  expect(isAddress("javascript:alert(1)", issuer)).toBe(false);
  expect(isAddress(undefined, issuer)).toBe(false);
});
