import { describe, expect, it } from "vitest";
import { hostileProvider, past } from "./test/hostile-provider";

const { federation, refusal, says } = hostileProvider();

describe("a trust mark", () => {
  const withMark = async (trust_mark: string) =>
    says({ trust_marks: [{ id: federation.markKind, trust_mark }] });

  it("has to be there, of this body, in time, and of an issuer who may give it", async () => {
    says({ trust_marks: [] });
    expect(await refusal()).toBe("trust_mark");
    await withMark(await federation.mark({ sub: federation.entity("other") }));
    expect(await refusal()).toBe("trust_mark");
    await withMark(await federation.mark(past));
    expect(await refusal()).toBe("trust_mark");
    await withMark(await federation.mark({ id: "https://anchor.invalid/openid_provider/private/" }));
    expect(await refusal()).toBe("trust_mark");
    await withMark(
      await federation.mark({ iss: federation.entity("authority") }, federation.keys.authority.secret),
    );
    expect(await refusal()).toBe("trust_mark");
  });

  it("has to be signed by its issuer, with no other algorithm", async () => {
    await withMark(await federation.mark({}, { ...federation.keys.foreign.secret, kid: "anchor" }));
    expect(await refusal()).toBe("trust_mark");
    const [, payload] = (await federation.mark({})).split(".");
    const header = Buffer.from('{"alg":"none","kid":"anchor"}').toString("base64url");
    await withMark(`${header}.${payload}.`);
    expect(await refusal()).toBe("trust_mark");
  });

  it("may be of an authority on the way, where the anchor says so", async () => {
    const { anchor, authority } = federation.keys;
    federation.configuration("anchor", anchor, {
      metadata: { federation_entity: { federation_fetch_endpoint: `${federation.entity("anchor")}/fetch` } },
      trust_mark_issuers: { [federation.markKind]: [federation.entity("authority")] },
    });
    await withMark(await federation.mark({ iss: federation.entity("authority") }, authority.secret));
    expect(await refusal()).toBeUndefined();
  });
});
