import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { LocalFederation } from "@/lib/federation/test/local-federation";
import { writeSettings } from "@/lib/federation/test/local-site";
import { people, signed } from "@/lib/federation/test/signing";
import { federatedBrowser } from "./federated-browser";
import { serverActions } from "./request";

process.env.OIDC_CLIENT_ID ??= "cocity";
const others = new LocalFederation();
await others.start();
process.env.ORIGIN = others.origin;
process.env.OIDC_FEDERATION = writeSettings(others);
const { db } = await serverActions();
const { jar, inRequest, begin, lead, signIn, signedInAs, afresh } = await federatedBrowser(others);
const { GET } = await import("@/app/api/federation/[...path]/route");
const { providerOrigins } = await import("@/lib/federation/settings");
const { forgetFederatedSignIns, registerEntry } = await import("@/lib/federation/register");
const { cookieName } = await import("@/lib/cookie-name");
const { log } = await import("@/lib/log");

beforeAll(async () => {
  await db.municipality.upsert({
    where: { istatCode: "001272" },
    create: { istatCode: "001272", slug: "torino", name: "Torino", lat: 45, lon: 7 },
    update: {},
  });
});
beforeEach(afresh);
afterAll(() => others.stop());

describe("a sign-in by SPID", () => {
  it("begins a session at its level, and leads back to where the person was", async () => {
    expect(await signIn()).toBe("/torino/bandi");
    const session = await signedInAs();
    expect(session).toMatchObject({ level: 2 });
    const person = await db.person.findUniqueOrThrow({ where: { id: session?.person ?? "" } });
    expect(person).toMatchObject({ displayName: "Anna Rossi", residence: null });
    expect(JSON.stringify(person)).not.toContain(people.anna.fiscal);
    expect(providerOrigins()).toEqual([others.origin]);
  });

  it("is taken once: the same answer again is refused, also after another sign-in has begun", async () => {
    const query = await others.provider.authorize(await begin());
    expect(await lead(query)).toBe("/torino/bandi");
    jar.delete(cookieName("session"));
    expect(await lead(query)).toBe("/accedi?error=failed");
    await begin();
    expect(await lead(query)).toBe("/accedi?error=failed");
    expect(await signedInAs()).toBeNull();
  });

  it("counts in the browser that asked, at the municipality that asked, while the question is open", async () => {
    const mine = await others.provider.authorize(await begin());
    const cookies = new Map(jar);
    jar.clear();
    expect(await lead(mine)).toBe("/accedi?error=failed");
    for (const [name, value] of cookies) jar.set(name, value);
    expect(await lead(mine, "c_demo2")).toBe("/accedi?error=failed");
    await db.federatedSignIn.updateMany({ data: { openUntil: new Date(Date.now() - 1) } });
    expect(await lead(mine)).toBe("/accedi?error=failed");
    expect(await signedInAs()).toBeNull();
  });

  it("is refused at a lower level with a sentence of its own, and in the language of the page", async () => {
    others.provider.acr = "https://www.spid.gov.it/SpidL1";
    expect(await signIn()).toBe("/accedi?error=level");
    const location = await begin(others.entity("provider"), "/en/torino", "en");
    expect(await lead(await others.provider.authorize(location))).toBe("/en/sign-in?error=level");
    expect(await signedInAs()).toBeNull();
  });

  it("is refused with an answer that names another issuer, or UserInfo of somebody else", async () => {
    const query = await others.provider.authorize(await begin());
    query.set("iss", others.entity("other"));
    expect(await lead(query)).toBe("/accedi?error=failed");
    others.provider.userinfoClaims = { sub: "pairwise-2" };
    expect(await signIn()).toBe("/accedi?error=failed");
    expect(await signedInAs()).toBeNull();
    const outcomes = await db.federatedSignIn.findMany({ orderBy: { openedAt: "asc" } });
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(["answer", "token"]);
  });

  it("does not begin with a provider that is not configured", async () => {
    expect(await begin("https://elsewhere.example/")).toBe("/accedi?error=provider");
    expect(await db.federatedSignIn.count()).toBe(0);
  });
});

describe("two people whose fiscal numbers would be one", () => {
  it("stay two, with the letters that stand for digits; the same number is the same person", async () => {
    const persons: string[] = [];
    for (const fiscal of ["RSSNNA85T50A562J", "RSSNNA85T50A56NY", "RSSNNA85T50A5SNK", "RSSNNA85T50A562J"]) {
      jar.clear();
      others.provider.person = { ...people.anna, fiscal };
      expect(await signIn()).toBe("/torino/bandi");
      persons.push((await signedInAs())?.person ?? "");
    }
    expect(new Set(persons.slice(0, 3)).size).toBe(3);
    expect(persons[3]).toBe(persons[0]);
  });
});

describe("the register of sign-ins", () => {
  it("holds every message with the provider's signatures and its trust chain, encrypted, for 24 months", async () => {
    const lines: string[] = [];
    const told = vi.spyOn(log, "info").mockImplementation((...line) => void lines.push(JSON.stringify(line)));
    await signIn();
    told.mockRestore();
    const [row] = await db.federatedSignIn.findMany();
    const raw = Buffer.from(row?.sealed ?? []).toString("latin1");
    for (const secret of [people.anna.fiscal, "Anna", "eyJ"]) expect(raw).not.toContain(secret);
    expect(lines.join()).not.toContain(people.anna.fiscal);
    const entry = JSON.parse(JSON.stringify(await registerEntry(row?.id ?? "")));
    expect(entry).toMatchObject({ outcome: "signed_in", municipality: "001272" });
    expect(entry.kept.trustChain).toHaveLength(4);
    expect(Object.keys(entry.kept.transcript).sort()).toEqual([
      ...["request", "response", "tokenRequest", "tokenResponse", "userinfoRequest", "userinfoResponse"],
    ]);
    const claims = entry.kept.transcript.userinfoResponse.split(".")[1];
    expect(Buffer.from(claims, "base64url").toString()).toContain(people.anna.fiscal);

    const later = (months: number, days: number) => {
      const day = new Date();
      day.setUTCMonth(day.getUTCMonth() + months);
      day.setUTCDate(day.getUTCDate() + days);
      return day;
    };
    await forgetFederatedSignIns(later(24, -2));
    expect(await db.federatedSignIn.count()).toBe(1);
    await forgetFederatedSignIns(later(24, 2));
    expect(await db.federatedSignIn.count()).toBe(0);
  });
});

it("a token that no key of the provider signed begins no session", async () => {
  others.provider.idToken = (claims) =>
    signed(claims, { ...others.keys.foreign.secret, kid: "provider-tokens" }, { typ: "JWT" });
  expect(await signIn()).toBe("/accedi?error=failed");
  expect(await signedInAs()).toBeNull();
});

it("members and the aggregator say who they are at their addresses, and nothing is at others", async () => {
  const get = (path: string) =>
    GET(new Request(`${others.origin}/api/federation/${path}`), {
      params: Promise.resolve({ path: path.replace(/\?.*/, "").split("/") }),
    });
  for (const path of [".well-known/openid-federation", "c_demo1/.well-known/openid-federation"]) {
    const response = await get(path);
    expect(response.headers.get("content-type")).toBe("application/entity-statement+jwt");
  }
  const list: string[] = await (await get("list")).json();
  expect(list).toEqual([
    `${others.origin}/api/federation/c_demo1/`,
    `${others.origin}/api/federation/c_demo2/`,
  ]);
  const mark = "https://anchor.invalid/openid_relying_party/public/";
  const status = (sub: string) => get(`trust-mark-status?${new URLSearchParams({ id: mark, sub })}`);
  expect(await (await status(list[0] ?? "")).json()).toEqual({ active: true });
  expect(await (await status("https://elsewhere.example/")).json()).toEqual({ active: false });
  for (const path of [
    "c_other/.well-known/openid-federation",
    "fetch",
    "fetch?sub=x",
    "c_demo1",
    "c_demo1/keys",
  ])
    expect([400, 404], path).toContain((await get(path)).status);
});

it("has a button for each provider of the settings, and none of the trial's", async () => {
  const { default: SignInPage } = await import("@/app/[locale]/(site)/sign-in/page");
  const searchParams = Promise.resolve({ da: "/torino", error: "constructor" });
  const params = Promise.resolve({ locale: "it" });
  const page = renderToStaticMarkup(await inRequest(() => SignInPage({ params, searchParams })));
  const buttons = page.match(/<button.*?<\/button>/gs)?.map((one) => one.replaceAll(/<[^>]*>/g, ""));
  expect(buttons).toEqual(["Entra con SPID: Demo ID"]);
  expect(page).toContain(`name="provider" value="${others.entity("provider")}"`);
});

it("says at signing out that the provider's own session may go on", async () => {
  await signIn();
  const { POST: signOut } = await import("@/app/api/sign-out/route");
  const response = await inRequest(() =>
    signOut(
      new Request(`${others.origin}/api/sign-out`, {
        ...{ method: "POST", headers: { "sec-fetch-site": "same-origin" } },
        body: new URLSearchParams({ language: "en" }),
      }),
    ),
  );
  expect(response.headers.get("location")).toBe(`${others.origin}/en/sign-in?uscito=qui`);
  expect(jar.get(cookieName("session"))).toBe("");
});
