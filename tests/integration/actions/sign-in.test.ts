import { AsyncLocalStorage } from "node:async_hooks";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { serverActions } from "./request";

process.env.OIDC_CLIENT_ID ??= "cocity";
Object.assign(globalThis, { AsyncLocalStorage });
const { workAsyncStorage } = await import("next/dist/server/app-render/work-async-storage.external.js");
const { workUnitAsyncStorage } = await import(
  "next/dist/server/app-render/work-unit-async-storage.external.js"
);
const { db } = await serverActions();
/** The browser's cookies. */
const jar = new Map<string, string>();
vi.doUnmock("next-auth");
vi.doUnmock("next/headers");
const { POST } = await import("@/app/api/sign-in/route");
const { GET } = await import("@/app/api/auth/[...nextauth]/route");
const { cookieName } = await import("@/lib/cookie-name");
const { count } = await import("@/lib/rate-limit");

const origin = process.env.ORIGIN ?? "";
const address = "192.0.2.7";

/** What Next holds of a request while a route answers it; next-auth asks it past every mock. */
function inRequest<R>(route: () => R): R {
  const cookies = {
    getAll: () => [...jar].map(([name, value]) => ({ name, value })),
    get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
    set: (name: string, value: string) => void jar.set(name, value),
    delete: (name: string) => void jar.delete(name),
  };
  const unit = { type: "request", phase: "action", userspaceMutableCookies: cookies, headers: new Headers() };
  return workAsyncStorage.run({ route: "/api" } as never, () =>
    workUnitAsyncStorage.run(unit as never, route),
  );
}

function signIn(accept: string, language = "it", from = address): Promise<Response> {
  return inRequest(() =>
    POST(
      new Request(`${origin}/api/sign-in`, {
        method: "POST",
        headers: { "sec-fetch-site": "same-origin", "x-forwarded-for": from, accept },
        body: new URLSearchParams({ language, from: "/torino" }),
      }),
    ),
  );
}

beforeEach(() => jar.clear());

describe("more sign-ins from one address than an hour has", () => {
  beforeEach(async () => {
    const now = new Date();
    for (let number = 1; number <= 300; number += 1) await count("signIns", address, now);
    // Of the hour twelve minutes are left.
    await db.rateCount.updateMany({ data: { resetAt: new Date(now.getTime() + 11.5 * 60_000) } });
  });
  afterEach(() => db.rateCount.deleteMany());

  it("are refused with a sentence that says when", async () => {
    const italian = await signIn("*/*");
    expect(italian.status).toBe(429);
    const { code, sentence } = await italian.json();
    expect(code).toBe("too_many_requests");
    const [, minutes] = /Riprova tra (\d+) minuti\.$/.exec(sentence) ?? [];
    expect(Number(italian.headers.get("retry-after"))).toBe(Number(minutes) * 60);
    expect((await (await signIn("*/*", "en")).json()).sentence).toMatch(/Try again in \d+ minutes\.$/);
  });

  it("lead a browser back to the page in its language, which is told when", async () => {
    const page = "text/html,application/xhtml+xml";
    const [italian, english] = [await signIn(page), await signIn(page, "en")];
    expect([italian.status, english.status]).toEqual([303, 303]);
    expect(italian.headers.get("location")).toMatch(/^\/accedi\?error=limit&minuti=\d+$/);
    expect(english.headers.get("location")).toMatch(/^\/en\/sign-in\?error=limit&minuti=\d+$/);
  });

  it("are no matter of another address", async () => {
    expect([429, 303]).not.toContain((await signIn("*/*", "it", "192.0.2.8")).status);
  });
});

describe("where to go after signing in", () => {
  const bad = ["nowhere", "javascript:alert(1)", "http://", "%00"];

  const get = (path: string) => {
    const nextauth = path.replace(/\?.*/, "").split("/");
    return inRequest(() =>
      GET(new Request(`${origin}/api/auth/${path}`), { params: Promise.resolve({ nextauth }) }),
    );
  };
  const callback = (query: string) => get(`callback/identity?${query}`);

  it.each(bad)("is not taken from the address: %s", async (value) => {
    const response = await callback(new URLSearchParams({ code: "x", callbackUrl: value }).toString());
    expect(response.status).toBe(302);
    // The code is nobody's: what matters is that the answer is the library's usual one.
    expect(response.headers.get("location")).toMatch(/\/api\/auth\/error\?error=OAuthCallback$/);
  });

  it.each(bad)("is forgotten where a cookie holds no address: %s", async (value) => {
    jar.set(cookieName("callback"), value);
    expect((await callback("code=x")).status).toBe(302);
    expect(jar.get(cookieName("callback"))).not.toBe(value);
    jar.set(cookieName("callback"), value);
    expect((await signIn("text/html")).status).toBe(302);
  });

  it("is kept where it is an address", async () => {
    jar.set(cookieName("callback"), `${origin}/torino`);
    await callback("code=x");
    expect(jar.get(cookieName("callback"))).toBe(`${origin}/torino`);
  });

  it("is the page that says so, where signing in came to nothing", async () => {
    const refused = await callback("error=access_denied");
    const { pathname, search } = new URL(refused.headers.get("location") ?? "");
    const page = await get(pathname.replace("/api/auth/", "") + search);
    expect(page.status).toBe(303);
    expect(page.headers.get("location")).toBe("/accedi?error=failed");
    expect((await get("session")).status).toBe(404);
  });
});
