/** What browsers have asked to have signed and have not confirmed yet: in memory, for a while, within bounds. */
import { randomBytes, timingSafeEqual } from "node:crypto";
import type { SignedAct } from "@/protocol/acts/signed-act";
import type { PageLanguage } from "../trial-page";
import type { PersonKey } from "./keys";

/** A request as the site's page posted it, checked. */
export type Asked = {
  key: PersonKey;
  acts: readonly { text: string; act: SignedAct }[];
  /** On the site's origin. */
  returnTo: string;
  language: PageLanguage;
};

export type Request = Asked & {
  id: string;
  /** Of the cookie: only the browser that asked goes on with it. */
  browser: string;
  /** PKCE's secret for the question who sits there. */
  verifier: string;
  /** Of the page with the button, once it has been shown. */
  token: string | undefined;
};

const LIFETIME_MS = 10 * 60_000;
/** UTF-16 code units of all acts together. */
const MOST_TEXT = 20_000_000;

export class Requests {
  readonly #open = new Map<string, { request: Request; size: number; until: number }>();
  #size = 0;

  constructor(private readonly now: () => number = Date.now) {}

  add(asked: Asked): Request {
    const size = asked.acts.reduce((sum, { text }) => sum + text.length, 1000);
    this.#makeRoom(size);
    const request = {
      ...asked,
      ...{ id: secret(), browser: secret(), verifier: secret(), token: undefined },
    };
    this.#open.set(request.id, { request, size, until: this.now() + LIFETIME_MS });
    this.#size += size;
    return request;
  }

  /** The request of an id, where the browser is the one that made it. */
  find(id: string, browser: string): Request | undefined {
    const found = this.#open.get(id);
    if (!found || found.until < this.now() || !isEqual(found.request.browser, browser)) return undefined;
    return found.request;
  }

  /** Gives the page with the button its token, the same at each showing. */
  show(request: Request): string {
    request.token ??= secret();
    return request.token;
  }

  /** Takes a request whose button was pressed: once, and never again. */
  take(id: string, browser: string, token: string): Request | undefined {
    const request = this.find(id, browser);
    if (request?.token === undefined || !isEqual(request.token, token)) return undefined;
    this.drop(id);
    return request;
  }

  drop(id: string): void {
    this.#size -= this.#open.get(id)?.size ?? 0;
    this.#open.delete(id);
  }

  /** The oldest go first: whoever waits longest is the least likely to come back. */
  #makeRoom(size: number): void {
    for (const [id, { until }] of this.#open)
      if (until < this.now() || this.#size + size > MOST_TEXT) this.drop(id);
  }
}

function secret(): string {
  return randomBytes(32).toString("base64url");
}

function isEqual(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
