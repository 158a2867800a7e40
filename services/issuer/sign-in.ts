/**
 * The sign-in by which a person takes a credential: a client of its own at the provider, held by the guarantors. The
 * nonce that the provider signs binds the person to an enrolment key. Nothing of it is kept here: token and UserInfo go
 * to the voter's page behind the `#` of an address, which no server sees.
 */
import { randomBytes } from "node:crypto";
import { type Client, custom, generators, Issuer as OpenIdIssuer } from "openid-client";
import { PartRefusal } from "@/lib/part-refusal";
import { votingClient } from "../sealed/voting-client";

const OPEN_MS = 10 * 60_000;
const MOST_OPEN = 20_000;

export interface SignInOptions {
  readonly provider: string;
  readonly secret: string;
  /** Where the provider leads back to. */
  readonly callback: string;
  /** Origins whose pages may ask for a sign-in. */
  readonly origins: readonly string[];
  readonly acrValues: string;
}

interface Open {
  readonly verifier: string;
  readonly nonce: string;
  readonly back: string;
  readonly until: number;
}

export class SignIn {
  readonly #open = new Map<string, Open>();
  #client: Promise<Client> | undefined;

  constructor(private readonly options: SignInOptions) {}

  /** Where the browser goes. @throws PartRefusal `malformed` for a page elsewhere or another form of nonce */
  async location(nonce: string, back: string, language: string): Promise<string> {
    if (!/^[A-Za-z0-9_-]{43}$/.test(nonce)) throw new PartRefusal(400, "malformed");
    const page = this.#page(back);
    const client = await this.#connect();
    const state = randomBytes(24).toString("base64url");
    const verifier = generators.codeVerifier();
    this.#forget();
    if (this.#open.size >= MOST_OPEN) throw new PartRefusal(503, "too_busy");
    this.#open.set(state, { verifier, nonce, back: page, until: Date.now() + OPEN_MS });
    return client.authorizationUrl({
      scope: "openid profile email",
      state,
      nonce,
      code_challenge: generators.codeChallenge(verifier),
      code_challenge_method: "S256",
      acr_values: this.options.acrValues,
      // A session at the provider from an ordinary sign-in is not enough: the person says it here.
      prompt: "login",
      ui_locales: language === "en" ? "en" : "it",
    });
  }

  /** Where the browser goes back to, with what the provider signed. */
  async finish(query: URLSearchParams): Promise<string> {
    const open = this.#open.get(query.get("state") ?? "");
    this.#open.delete(query.get("state") ?? "");
    if (!open || open.until < Date.now()) throw new PartRefusal(400, "sign_in_expired");
    const back = (values: Record<string, string>) => `${open.back}#${new URLSearchParams(values)}`;
    if (query.has("error")) return back({ error: "not_signed_in" });
    const client = await this.#connect();
    const { verifier, nonce } = open;
    const tokens = await client.callback(this.options.callback, Object.fromEntries(query), {
      state: query.get("state") ?? "",
      nonce,
      code_verifier: verifier,
      response_type: "code",
    });
    if (!tokens.id_token || !tokens.access_token) throw new PartRefusal(502, "provider_failed");
    const userinfo = await this.#userinfo(client, tokens.access_token);
    return back({ token: tokens.id_token, userinfo });
  }

  /** As it was signed: the issuers check the provider's signature themselves. */
  async #userinfo(client: Client, accessToken: string): Promise<string> {
    const endpoint = client.issuer.metadata.userinfo_endpoint;
    if (!endpoint) throw new PartRefusal(502, "provider_failed");
    const response = await fetch(endpoint, {
      headers: { authorization: `Bearer ${accessToken}`, accept: "application/jwt" },
      signal: AbortSignal.timeout(10_000),
    });
    const text = await response.text();
    if (
      !response.ok ||
      !response.headers.get("content-type")?.startsWith("application/jwt") ||
      text.length > 8_000
    )
      throw new PartRefusal(502, "provider_failed");
    return text;
  }

  #page(back: string): string {
    const url = URL.canParse(back) ? new URL(back) : undefined;
    if (!url || !this.options.origins.includes(url.origin)) throw new PartRefusal(400, "malformed");
    url.hash = "";
    return url.href;
  }

  #forget(): void {
    for (const [state, { until }] of this.#open) {
      // In the order in which they were opened.
      if (until >= Date.now()) break;
      this.#open.delete(state);
    }
  }

  #connect(): Promise<Client> {
    this.#client ??= this.#discover().catch((error: unknown) => {
      this.#client = undefined;
      throw error instanceof PartRefusal ? error : new PartRefusal(503, "provider_away");
    });
    return this.#client;
  }

  async #discover(): Promise<Client> {
    custom.setHttpOptionsDefaults({ timeout: 10_000 });
    const issuer = await OpenIdIssuer.discover(this.options.provider);
    return new issuer.Client({
      client_id: votingClient,
      client_secret: this.options.secret,
      redirect_uris: [this.options.callback],
      response_types: ["code"],
      userinfo_signed_response_alg: "RS256",
    });
  }
}
