import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Asked, judgeAnswer, levelOf } from "./sign-in-rules";

const spid = (level: number) => `https://www.spid.gov.it/SpidL${level}`;
const asked: Asked = { issuer: "https://id", clientId: "cocity", acrValues: [spid(2)], maxAgeSeconds: 3600 };
const now = new Date("2026-03-01T12:00:00Z");
const seconds = now.getTime() / 1000;
const right = { iss: "https://id", aud: "cocity", acr: spid(2), auth_time: seconds - 5 };
const judge = (claims: object, question: Partial<Asked> = {}) =>
  judgeAnswer({ ...right, ...claims }, { ...asked, ...question }, now);

describe("an answer of the identity provider", () => {
  it("is taken where it says all that was asked for, with the level it says", () => {
    expect(judge({})).toEqual({ ok: true, level: 2, authenticatedAt: new Date(right.auth_time * 1000) });
    expect(judge({ acr: spid(3) })).toMatchObject({ ok: true, level: 3 });
    expect(judge({ aud: ["other", "cocity"] })).toMatchObject({ ok: true });
  });

  it("is refused below the level that was asked for, whatever the browser asked the provider for", () => {
    for (const acr of [spid(1), "http://eidas.europa.eu/LoA/low", "", "0", "SpidL22"])
      expect(judge({ acr }), acr).toEqual({ ok: false, problem: "level" });
    expect(judge({}, { acrValues: [spid(3)] })).toEqual({ ok: false, problem: "level" });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), (given, least) => {
        expect(judge({ acr: spid(given) }, { acrValues: [spid(least)] }).ok).toBe(given >= least);
      }),
    );
  });

  it("is refused from another issuer, for another client, without a level or a time, or with one too old or to come", () => {
    const wrong = [
      ...[{ iss: "https://other" }, { aud: "other" }, { aud: ["other"] }, { acr: undefined }],
      ...[{ auth_time: undefined }, { auth_time: "1" }, { auth_time: seconds - 3700 }],
      ...[{ auth_time: seconds + 120 }, { iss: undefined }, { aud: undefined }],
    ];
    for (const claims of wrong)
      expect(judge(claims), JSON.stringify(claims)).toEqual({ ok: false, problem: "answer" });
    expect(judgeAnswer(null, asked, now)).toEqual({ ok: false, problem: "answer" });
  });

  it("counts a level of the provider's own where just that was asked for", () => {
    expect(judge({ acr: "urn:own:strong" }, { acrValues: ["urn:own:strong"] })).toMatchObject({ level: 2 });
    expect(judge({ acr: "urn:own:weak" }, { acrValues: ["urn:own:strong"] })).toMatchObject({ ok: false });
    expect(levelOf("http://eidas.europa.eu/LoA/high")).toBe(3);
  });
});
