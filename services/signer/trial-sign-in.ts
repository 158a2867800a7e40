/**
 * Whom a browser has chosen to be at the trial identity provider (OpenID Connect Core 1.0, authorisation code flow with
 * PKCE). The browser passes through the site; the answers come over the provider's own socket.
 */
import { createHash } from "node:crypto";
import { request } from "node:http";
import { z } from "zod";
import { signerClient, trialMount } from "../identity-provider/clients";
import type { PageLanguage } from "../trial-page";

const ANSWER_SECONDS = 10;
const LONGEST_ANSWER = 100_000;

const tokensSchema = z.object({ access_token: z.string().min(1) });
const personSchema = z.object({ sub: z.string().min(1) });

export class TrialSignIn {
  /**
   * @param site origin under which browsers find the provider
   * @param socket of the provider
   * @param redirect where the provider sends the browser back to
   */
  constructor(
    private readonly site: string,
    private readonly socket: string,
    private readonly redirect: string,
  ) {}

  /** Where a browser goes to be recognised. Whoever has chosen before is not asked again. */
  location(state: string, verifier: string, language: PageLanguage): string {
    const url = new URL(`${this.site}${trialMount}/auth`);
    url.search = new URLSearchParams({
      client_id: signerClient,
      response_type: "code",
      scope: "openid",
      redirect_uri: this.redirect,
      state,
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
      ui_locales: language,
    }).toString();
    return url.href;
  }

  /** Id of the trial person. @throws Error when the provider does not take the code */
  async account(code: string, verifier: string): Promise<string> {
    const form = new URLSearchParams({
      grant_type: "authorization_code",
      client_id: signerClient,
      redirect_uri: this.redirect,
      code,
      code_verifier: verifier,
    });
    const { access_token } = tokensSchema.parse(
      await this.#ask("POST", "/token", {
        body: form.toString(),
        headers: { "content-type": "application/x-www-form-urlencoded" },
      }),
    );
    const headers = { authorization: `Bearer ${access_token}` };
    return personSchema.parse(await this.#ask("GET", "/me", { headers })).sub;
  }

  #ask(
    method: "GET" | "POST",
    path: string,
    { body, headers }: { body?: string; headers: Record<string, string> },
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const asked = request(
        {
          ...{ socketPath: this.socket, method, path: trialMount + path },
          headers: { host: new URL(this.site).host, ...headers },
          signal: AbortSignal.timeout(ANSWER_SECONDS * 1000),
        },
        (response) => {
          let text = "";
          response.setEncoding("utf8");
          response.on("data", (chunk: string) => {
            text += chunk;
            if (text.length > LONGEST_ANSWER) asked.destroy(new Error("the provider's answer is too long"));
          });
          response.on("error", reject);
          response.on("end", () => {
            if (response.statusCode === 200) resolve(JSON.parse(text));
            else reject(new Error(`the identity provider answered ${response.statusCode} to ${path}`));
          });
        },
      );
      asked.on("error", reject);
      asked.end(body);
    });
  }
}
