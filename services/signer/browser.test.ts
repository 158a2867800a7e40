import { createHash, createPublicKey, verify } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MOST_AT_ONCE } from "@/features/acts/schema";
import { checkAssertion } from "@/protocol/acts/assertion";
import { toBase64url } from "@/protocol/acts/base64url";
import { Assertion } from "@/protocol/acts/carried";
import { actBytes, actListBytes } from "@/protocol/acts/signed-act";
import { LONGEST_TARGET } from "../site/target";
import { actOf, owner, type Sent, type Served, send, serve, site } from "./test/served";

let signer: Served;
beforeAll(async () => {
  signer = await serve();
  for (const person of ["laura", "enzo"]) await signer.client.passkey(owner(person));
});
afterAll(() => signer.close());

const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest();
const back = `${site}/api/acts/signed?to=%2Ftorino`;

/** What the site's page posts. */
const form = (acts: string[], more: Record<string, string> = {}): [string, string][] => [
  ...acts.map((act): [string, string] => ["act", act]),
  ...Object.entries({ person: "laura", return: back, language: "it", ...more }),
];
const ask = (fields: [string, string][], origin: string | undefined = site) =>
  send(`${signer.origin}/sign`, { form: fields, origin });
const stateOf = ({ location }: Sent) => new URL(location).searchParams.get("state") ?? "";

async function show(asked: Sent, code = "laura", cookie = asked.cookie): Promise<Sent> {
  return send(`${signer.origin}/chosen?${new URLSearchParams({ state: stateOf(asked), code })}`, { cookie });
}

const fieldOf = ({ text }: Sent, name: string): [string, string] => [
  name,
  new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? "",
];

async function confirm(
  page: Sent,
  cookie: string,
  origin: string | undefined = signer.origin,
): Promise<Sent> {
  const fields = [fieldOf(page, "request"), fieldOf(page, "token")];
  return send(`${signer.origin}/confirm`, { form: fields, cookie, origin });
}

/** Checks the assertion of an address as the chaincode does, against the key of a person. */
async function expectSigned(location: string, person: string, challenge: Buffer): Promise<void> {
  const url = new URL(location);
  const assertion = Assertion.parse(
    Object.fromEntries(
      ["credential", "authenticatorData", "clientDataJSON", "signature"].map((name) => [
        name,
        url.searchParams.get(name),
      ]),
    ),
  );
  const { credential, spki } = await signer.client.passkey(owner(person));
  expect(assertion.credential).toBe(credential);
  const bytes = checkAssertion(assertion, {
    challenge: toBase64url(challenge),
    origins: [site],
    rpIdHash: sha256("localhost").toString("hex"),
    trial: false,
  });
  const signed = Buffer.concat([bytes.authenticatorData, sha256(bytes.clientData)]);
  const key = createPublicKey({ key: Buffer.from(spki, "base64"), format: "der", type: "spki" });
  expect(verify("sha256", signed, key, bytes.signature)).toBe(true);
}

describe("the trial signer in a browser", () => {
  it("signs one act after its words were shown and the button pressed, and leads back to the site", async () => {
    const act = actOf("laura");
    const asked = await ask(form([act]));
    expect(asked.status).toBe(303);
    expect(asked.headers.get("set-cookie")).toMatch(/; HttpOnly; SameSite=Lax$/);
    const page = await show(asked);
    expect(page.status).toBe(200);
    expect(page.text).toContain("laura &#60;b&#62;");
    expect(page.text).not.toContain("<b>");
    expect(page.text).toContain("La proposta è pubblica: si può aderire e commentare");
    expect(page.text).toContain("<dt>Codice</dt><dd>p-1</dd>");
    const done = await confirm(page, asked.cookie);
    expect(done.status).toBe(303);
    expect(done.location.startsWith(`${back}&`)).toBe(true);
    await expectSigned(done.location, "laura", sha256(actBytes(act)));
  });

  it("signs a list with one gesture", async () => {
    const acts = ["1", "2", "3"].map((end) =>
      actOf("laura", { command: `00000000-0000-4000-8000-00000000000${end}` }),
    );
    const asked = await ask(form(acts));
    const page = await show(asked);
    const done = await confirm(page, asked.cookie);
    const digests = acts.map((act) => sha256(actBytes(act)).toString("hex")).sort();
    await expectSigned(done.location, "laura", sha256(actListBytes(digests)));
  });

  it("leads back to an address that the site takes, with as many acts as one page signs", async () => {
    const ids = Array.from(
      { length: MOST_AT_ONCE },
      (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
    );
    const next = `/torino/ufficio/proposte/${"x".repeat(200)}`;
    const query = new URLSearchParams({ comune: "torino", lingua: "it", poi: next });
    const address = `${site}/api/acts/signed?${query}&ids=${ids.join(",")}`;
    const asked = await ask(
      form(
        ids.map((command) => actOf("laura", { command })),
        { return: address },
      ),
    );
    const { location } = await confirm(await show(asked), asked.cookie);
    expect(new URL(location).searchParams.get("ids")).toBe(ids.join(","));
    expect(location.length - site.length).toBeLessThan(LONGEST_TARGET);
  });

  it("shows the page again when it is reloaded, with the same button", async () => {
    const asked = await ask(form([actOf("laura")]));
    const [first, second] = [await show(asked), await show(asked, "enzo")];
    expect(second.status).toBe(200);
    expect(fieldOf(second, "token")).toEqual(fieldOf(first, "token"));
    expect((await confirm(second, asked.cookie)).status).toBe(303);
  });

  it.each(["GET /sign", "GET /confirm", "GET /", "POST /chosen", "GET /people"])(
    "has no %s",
    async (route) => {
      const [method = "", path = ""] = route.split(" ");
      expect((await fetch(signer.origin + path, { method })).status).toBe(404);
    },
  );

  it("lets no page frame it, and no form of its pages lead elsewhere than to itself and the site", async () => {
    const answers = [
      await ask(form([actOf("laura")])),
      await send(`${signer.origin}/`),
      await ask([], "null"),
    ];
    for (const { headers } of answers) {
      expect(headers.get("x-frame-options")).toBe("DENY");
      const policy = headers.get("content-security-policy") ?? "";
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain(`form-action 'self' ${site};`);
      expect(headers.get("cache-control")).toBe("no-store");
    }
  });
});

describe("the trial signer refuses", () => {
  it.each(["https://attacker.example", "null", "http://localhost:3001", undefined])(
    "acts that a page of %s posts",
    async (origin) => {
      const { status, headers } = await send(`${signer.origin}/sign`, {
        form: form([actOf("laura")]),
        origin,
      });
      expect(status).toBe(403);
      expect(headers.get("set-cookie")).toBeNull();
    },
  );

  it("the button where another page than its own presses it", async () => {
    const asked = await ask(form([actOf("laura")]));
    const page = await show(asked);
    for (const origin of [site, "https://attacker.example", "null"])
      expect((await confirm(page, asked.cookie, origin)).status).toBe(403);
    const fields = [fieldOf(page, "request"), fieldOf(page, "token")];
    expect((await send(`${signer.origin}/confirm`, { form: fields, cookie: asked.cookie })).status).toBe(403);
    expect((await confirm(page, asked.cookie)).status).toBe(303);
  });

  it("a button pressed twice, without its token, with another's, or in another browser", async () => {
    const [asked, other] = [await ask(form([actOf("laura")])), await ask(form([actOf("laura")]))];
    const [page, otherPage] = [await show(asked), await show(other)];
    const press = (fields: [string, string][], cookie: string) =>
      send(`${signer.origin}/confirm`, { form: fields, cookie, origin: signer.origin });
    const own = fieldOf(page, "request");
    expect((await press([own], asked.cookie)).status).toBe(410);
    expect((await press([own, ["token", "x".repeat(43)]], asked.cookie)).status).toBe(410);
    expect((await press([own, fieldOf(otherPage, "token")], asked.cookie)).status).toBe(410);
    expect((await confirm(page, other.cookie)).status).toBe(410);
    expect((await confirm(page, "")).status).toBe(410);
    expect((await confirm(page, asked.cookie)).status).toBe(303);
    expect((await confirm(page, asked.cookie)).status).toBe(410);
  });

  it("a request whose page was never shown", async () => {
    const asked = await ask(form([actOf("laura")]));
    const fields: [string, string][] = [
      ["request", stateOf(asked)],
      ["token", ""],
    ];
    const pressed = await send(`${signer.origin}/confirm`, {
      ...{ form: fields, cookie: asked.cookie, origin: signer.origin },
    });
    expect(pressed.status).toBe(410);
  });

  it("who signed in as somebody else, for good", async () => {
    const asked = await ask(form([actOf("laura")]));
    expect((await show(asked, "enzo")).status).toBe(403);
    expect((await show(asked, "laura")).status).toBe(410);
  });

  it("the answer of the identity provider in another browser", async () => {
    const asked = await ask(form([actOf("laura")]));
    expect((await show(asked, "laura", "")).status).toBe(410);
    const other = await ask(form([actOf("laura")]));
    expect((await show(asked, "laura", other.cookie)).status).toBe(410);
  });

  it("acts of another person or of two municipalities, and people without a key", async () => {
    expect((await ask(form([actOf("enzo")]))).status).toBe(403);
    expect((await ask(form([actOf("laura"), actOf("enzo")]))).status).toBe(403);
    expect((await ask(form([actOf("laura"), actOf("laura", { municipality: "001001" })]))).status).toBe(403);
    expect((await ask(form([actOf("nobody")], { person: "nobody" }))).status).toBe(404);
    expect((await ask(form([actOf("laura", { municipality: "001001" })]))).status).toBe(404);
  });

  it.each([
    "https://attacker.example/",
    "http://localhost:3000.attacker.example/",
    "http://localhost:3000@attacker.example/",
    "http://user@localhost:3000/",
    "http://localhost:3001/",
    "//attacker.example/",
    "/torino",
    "javascript:alert(1)",
    "",
  ])("to lead back to %s", async (address) => {
    expect((await ask(form([actOf("laura")], { return: address }))).status).toBe(400);
  });

  it("what is no act, none at all, the same twice, and more than a list holds", async () => {
    const act = actOf("laura");
    const many = Array.from({ length: 201 }, (_, index) =>
      actOf("laura", { command: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}` }),
    );
    for (const acts of [[`${act} `], ["{}"], [""], [], [act, act], many])
      expect((await ask(form(acts))).status).toBe(400);
    expect((await ask(form(many.slice(1)))).status).toBe(303);
  });

  it("a form that is too long, and one of another kind", async () => {
    const long = await ask(form(["x".repeat(4_000_001)]));
    expect(long.status).toBe(413);
    const response = await fetch(`${signer.origin}/sign`, {
      ...{ method: "POST", body: "{}" },
      headers: { origin: site, "content-type": "application/json" },
    });
    expect(response.status).toBe(415);
  });

  it("a request after ten minutes", async () => {
    const asked = await ask(form([actOf("laura")]));
    const page = await show(asked);
    signer.clock.now += 10 * 60_000 + 1;
    expect((await confirm(page, asked.cookie)).status).toBe(410);
    expect((await show(asked)).status).toBe(410);
  });

  it("a name that only leads here", async () => {
    const { request } = await import("node:http");
    const status = await new Promise((resolve, reject) => {
      const asked = request(
        `${signer.origin}/style.css`,
        { headers: { host: "attacker.example" } },
        (answered) => {
          answered.resume();
          resolve(answered.statusCode);
        },
      );
      asked.on("error", reject);
      asked.end();
    });
    expect(status).toBe(421);
  });
});
