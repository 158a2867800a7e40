/**
 * What a browser sees of the trial signer: the site's page posts acts to `/sign`, the provider says at `/chosen` who
 * sits there, `/confirm` is the button, and the assertion goes back to the site in an address.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { type PageLanguage, pageStyles } from "../trial-page";
import { assertionOf } from "./assertion";
import { BodyTooLong, readBody } from "./body";
import { type Reason, readSignRequest, SignRefusal } from "./form";
import type { SignerKeys } from "./keys";
import { refusalPage, signPage } from "./page";
import type { Request, Requests } from "./requests";
import type { TrialSignIn } from "./trial-sign-in";

export type BrowserOptions = {
  keys: SignerKeys;
  requests: Requests;
  signIn: Pick<TrialSignIn, "location" | "account">;
  /** The signer's own origin, and the site's. */
  origin: string;
  site: string;
};

/** The acts of a whole list, escaped for a form: what a page of the site may post at the most. */
const LONGEST_FORM = 4_000_000;
const styles = "/style.css";

export class BrowserSide {
  readonly #cookie: string;

  constructor(private readonly options: BrowserOptions) {
    this.#cookie = `trial-${new URL(options.origin).port || "default"}-signer`;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#secure(response);
    let language: PageLanguage = "it";
    try {
      if (request.headers.host !== new URL(this.options.origin).host)
        throw new SignRefusal("unknown_host", 421);
      const url = new URL(request.url ?? "/", this.options.origin);
      language = url.searchParams.get("language") === "en" ? "en" : "it";
      await this.#route(`${request.method} ${url.pathname}`, url, request, response);
    } catch (error) {
      if (error instanceof SignRefusal)
        return this.#refuse(response, error.status, error.reason, error.language ?? language);
      if (error instanceof BodyTooLong) return this.#refuse(response, 413, "too_long", language);
      console.error("the trial signer failed:", error);
      this.#refuse(response, 500, "failed", language);
    }
  }

  #route(route: string, url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> | void {
    switch (route) {
      case "POST /sign":
        return this.#sign(request, response);
      case "GET /chosen":
        return this.#chosen(url, request, response);
      case "POST /confirm":
        return this.#confirm(request, response);
      case `GET ${styles}`:
        return send(response, 200, "text/css", pageStyles);
      default:
        throw new SignRefusal("not_found", 404);
    }
  }

  async #sign(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { keys, requests, signIn, site, origin } = this.options;
    if (request.headers.origin !== site) throw new SignRefusal("other_site", 403);
    const asked = await readSignRequest(await formOf(request), keys, site);
    const { id, verifier, browser } = requests.add(asked);
    const secure = origin.startsWith("https:") ? "; Secure" : "";
    response.setHeader(
      "set-cookie",
      `${this.#cookie}=${browser}; Path=/; Max-Age=600; HttpOnly; SameSite=Lax${secure}`,
    );
    redirect(response, signIn.location(id, verifier, asked.language));
  }

  async #chosen(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { requests, signIn } = this.options;
    const asked = requests.find(url.searchParams.get("state") ?? "", this.#browserOf(request));
    if (!asked) throw new SignRefusal("gone", 410);
    // Shown again after a reload: the code was taken the first time.
    if (asked.token === undefined) {
      const code = url.searchParams.get("code");
      if (code === null) return redirect(response, asked.returnTo);
      const account = await signIn.account(code, asked.verifier);
      if (account !== asked.key.account) {
        requests.drop(asked.id);
        throw new SignRefusal("other_person", 403, asked.language);
      }
    }
    const token = requests.show(asked);
    send(response, 200, "text/html", signPage({ request: asked, token, styles }));
  }

  async #confirm(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.headers.origin !== this.options.origin) throw new SignRefusal("other_site", 403);
    const form = await formOf(request);
    const asked = this.options.requests.take(
      form.get("request") ?? "",
      this.#browserOf(request),
      form.get("token") ?? "",
    );
    if (!asked) throw new SignRefusal("gone", 410);
    redirect(response, withAssertion(asked));
  }

  #browserOf(request: IncomingMessage): string {
    const cookies = (request.headers.cookie ?? "").split("; ");
    return (
      cookies.find((cookie) => cookie.startsWith(`${this.#cookie}=`))?.slice(this.#cookie.length + 1) ?? ""
    );
  }

  #secure(response: ServerResponse): void {
    const { site } = this.options;
    const headers = {
      "content-security-policy": `default-src 'none'; style-src 'self'; form-action 'self' ${site}; frame-ancestors 'none'; base-uri 'none'`,
      "x-frame-options": "DENY",
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "no-store",
    };
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  }

  #refuse(response: ServerResponse, status: number, reason: Reason, language: PageLanguage): void {
    if (response.headersSent) return;
    // The rest of a body that was not read is not waited for.
    response.setHeader("connection", "close");
    send(response, status, "text/html", refusalPage({ language, reason, styles, site: this.options.site }));
  }
}

/** The site's address with the assertion in its query, member by member. */
function withAssertion({ key, acts, returnTo }: Request): string {
  const url = new URL(returnTo);
  const assertion = assertionOf(
    key,
    acts.map(({ text }) => text),
  );
  for (const [name, value] of Object.entries(assertion)) url.searchParams.set(name, value);
  return url.href;
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  const type = request.headers["content-type"]?.split(";")[0]?.trim();
  if (type !== "application/x-www-form-urlencoded") throw new SignRefusal("not_readable", 415);
  return new URLSearchParams(await readBody(request, LONGEST_FORM));
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(303, { location });
  response.end();
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { "content-type": `${type}; charset=utf-8` });
  response.end(body);
}
