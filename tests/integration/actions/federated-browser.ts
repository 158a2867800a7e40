/** A browser that signs in by the local federation, against our own routes. */
import { AsyncLocalStorage } from "node:async_hooks";
import { expect, vi } from "vitest";
import type { LocalFederation } from "@/lib/federation/test/local-federation";
import { register } from "@/lib/federation/test/local-site";

Object.assign(globalThis, { AsyncLocalStorage });
const { workAsyncStorage } = await import("next/dist/server/app-render/work-async-storage.external.js");
const { workUnitAsyncStorage } = await import(
  "next/dist/server/app-render/work-unit-async-storage.external.js"
);

/** Call it once, at the top of the file, after `serverActions`. */
export async function federatedBrowser(others: LocalFederation) {
  vi.doUnmock("@/lib/session");
  vi.doUnmock("next/headers");
  const { POST } = await import("@/app/api/sign-in/route");
  const { GET } = await import("@/app/api/federation/[...path]/route");
  const { federation } = await import("@/lib/federation/settings");
  const { currentToken } = await import("@/lib/session");
  const { db } = await import("@/lib/db");
  /** The browser's cookies. */
  const jar = new Map<string, string>();

  /** What Next holds of a request while a route answers it. */
  function inRequest<R>(route: () => R): R {
    const cookies = {
      getAll: () => [...jar].map(([name, value]) => ({ name, value })),
      get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
      set: (name: string, value: string) => void jar.set(name, value),
      delete: (name: string) => void jar.delete(name),
    };
    const unit = {
      ...{ type: "request", phase: "action", cookies, userspaceMutableCookies: cookies },
      headers: new Headers({ "user-agent": "Firefox" }),
    };
    return workAsyncStorage.run({ route: "/api" } as never, () =>
      workUnitAsyncStorage.run(unit as never, route),
    );
  }

  const begin = async (provider = others.entity("provider"), from = "/torino/bandi", language = "it") => {
    const response = await inRequest(() =>
      POST(
        new Request(`${others.origin}/api/sign-in`, {
          method: "POST",
          headers: { "sec-fetch-site": "same-origin", "x-forwarded-for": "192.0.2.9", accept: "text/html" },
          body: new URLSearchParams({ provider, from, language }),
        }),
      ),
    );
    expect(response.status).toBe(303);
    return response.headers.get("location") ?? "";
  };
  const lead = async (query: URLSearchParams, ipa = "c_demo1") => {
    const url = `${others.origin}/api/federation/${ipa}/callback?${query}`;
    const params = Promise.resolve({ path: [ipa, "callback"] });
    const response = await inRequest(() => GET(new Request(url), { params }));
    return response.headers.get("location");
  };
  const signIn = async () => lead(await others.provider.authorize(await begin()));
  const signedInAs = async () => {
    const token = await inRequest(() => currentToken());
    return token?.session ? db.session.findUnique({ where: { id: token.session } }) : null;
  };
  /** Nobody has signed in, and everybody of the federation is honest. */
  const afresh = async () => {
    jar.clear();
    others.reset();
    const site = federation();
    if (!site) throw new Error("the settings are good");
    register(others, site);
    await db.federatedSignIn.deleteMany();
  };
  return { jar, inRequest, begin, lead, signIn, signedInAs, afresh };
}
