/** The provider of the local federation: it checks what a real one is documented to check. Its people are invented. */
import { createHash, randomBytes } from "node:crypto";
import { CompactEncrypt, createLocalJWKSet, importJWK, type JWK, jwtVerify } from "jose";
import { Fetching } from "../fetching";
import { resolveChain } from "../trust-chain";
import type { LocalFederation } from "./local-federation";
import { type Document, people, signed } from "./signing";

interface Code {
  readonly clientId: string;
  readonly nonce: string;
  readonly challenge: string;
  readonly redirect: string;
  readonly acr: string;
}

/** The provider's own part: it checks what a real one is documented to check. */
export class LocalProvider {
  readonly #codes = new Map<string, Code>();
  readonly #tokens = new Map<string, Code>();
  person: { fiscal: string; given: string; family: string; birth: string } = people.anna;
  /** Changes to what it says; a hostile provider, or one that somebody else has the wire of. */
  idToken: (claims: Record<string, unknown>) => Promise<string> | undefined = () => undefined;
  userinfoClaims: Record<string, unknown> = {};
  userinfo: (signed: string, key: JWK) => Promise<string> | undefined = () => undefined;
  acr: string | undefined;

  constructor(private readonly federation: LocalFederation) {}

  get id(): string {
    return this.federation.entity("provider");
  }

  reset(): void {
    this.#codes.clear();
    this.person = people.anna;
    this.idToken = () => undefined;
    this.userinfo = () => undefined;
    this.userinfoClaims = {};
    this.acr = undefined;
    this.federation.documents.set("/provider/token", async (_, body) =>
      this.#token(new URLSearchParams(body)).catch(() => ({
        status: 401,
        body: '{"error":"invalid_client"}',
      })),
    );
    this.federation.documents.set("/provider/userinfo", async ({ headers }) =>
      this.#userinfo(String(headers.authorization).replace("Bearer ", "")),
    );
  }

  /** What the person's browser is led back with, once they have signed in. */
  async authorize(location: string): Promise<URLSearchParams> {
    const { searchParams: open } = new URL(location);
    const member = await this.#member(open.get("client_id") ?? "");
    const { payload } = await jwtVerify(
      open.get("request") ?? "",
      createLocalJWKSet(member.jwks as { keys: JWK[] }),
      {
        issuer: open.get("client_id") ?? "",
        audience: this.id,
        algorithms: ["RS256"],
        requiredClaims: ["exp", "iat"],
      },
    );
    for (const name of ["client_id", "response_type", "scope", "code_challenge", "code_challenge_method"])
      if (payload[name] !== open.get(name)) throw new Error(`${name} outside of the request object`);
    const {
      state,
      nonce,
      redirect_uri: redirect,
      code_challenge: challenge,
    } = payload as Record<string, string>;
    if (!member.redirect_uris.includes(redirect ?? "")) throw new Error("redirect_uri");
    if ((state?.length ?? 0) < 32 || (nonce?.length ?? 0) < 32) throw new Error("state or nonce too short");
    if (payload.prompt !== "consent login" || payload.code_challenge_method !== "S256")
      throw new Error("form");
    const code = randomBytes(16).toString("hex");
    this.#codes.set(code, {
      ...{ clientId: String(payload.client_id), nonce: nonce ?? "", challenge: challenge ?? "" },
      ...{ redirect: redirect ?? "", acr: String(payload.acr_values) },
    });
    return new URLSearchParams({ code, state: state ?? "", iss: this.id });
  }

  /** A relying party's metadata, by a chain to the anchor. */
  async #member(clientId: string) {
    const { entity } = { entity: this.federation.entity("anchor") };
    const chain = await resolveChain(clientId, {
      anchors: [{ entity, keys: { keys: [this.federation.keys.anchor.known] } }],
      fetching: new Fetching(true),
      now: new Date(),
    });
    return chain.metadata.openid_relying_party as unknown as {
      jwks: { keys: (JWK & { use: string })[] };
      redirect_uris: string[];
      userinfo_encrypted_response_alg: string;
      userinfo_encrypted_response_enc: string;
    };
  }

  async #token(form: URLSearchParams): Promise<Document> {
    const refuse = (why: string) => ({ status: 400, body: JSON.stringify({ error: why }) });
    const found = this.#codes.get(form.get("code") ?? "");
    this.#codes.delete(form.get("code") ?? "");
    if (!found) return refuse("invalid_grant");
    const member = await this.#member(found.clientId);
    const { payload } = await jwtVerify(
      form.get("client_assertion") ?? "",
      createLocalJWKSet(member.jwks as { keys: JWK[] }),
      {
        issuer: found.clientId,
        subject: found.clientId,
        audience: `${this.id}/token`,
        requiredClaims: ["jti"],
      },
    );
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (challenge !== found.challenge || form.get("redirect_uri") !== found.redirect || !payload.jti)
      return refuse("invalid_grant");
    const accessToken = await signed(
      { iss: this.id, sub: "pairwise-1", aud: found.clientId, scope: "openid" },
      this.federation.keys.provider.secret,
      { typ: "at+jwt" },
    );
    this.#tokens.set(accessToken, found);
    const claims = {
      ...{ iss: this.id, sub: "pairwise-1", aud: found.clientId, nonce: found.nonce },
      ...{ acr: this.acr ?? found.acr, jti: randomBytes(16).toString("hex") },
      at_hash: createHash("sha256").update(accessToken).digest().subarray(0, 16).toString("base64url"),
    };
    const idToken =
      (await this.idToken(claims)) ??
      (await signed(claims, this.federation.keys.provider.secret, { typ: "JWT" }));
    return {
      body: JSON.stringify({
        access_token: accessToken,
        token_type: "Bearer",
        expires_in: 300,
        id_token: idToken,
      }),
    };
  }

  async #userinfo(accessToken: string): Promise<Document> {
    const found = this.#tokens.get(accessToken);
    if (!found) return { status: 401, body: "" };
    const member = await this.#member(found.clientId);
    const claims = {
      ...{ iss: this.id, sub: "pairwise-1", aud: found.clientId },
      "https://attributes.eid.gov.it/fiscal_number": `TINIT-${this.person.fiscal}`,
      ...{ given_name: this.person.given, family_name: this.person.family, birthdate: this.person.birth },
      ...this.userinfoClaims,
    };
    const inner = await signed(claims, this.federation.keys.provider.secret, { typ: "JWT" });
    const key = member.jwks.keys.find(({ use }) => use === "enc") as JWK;
    const alg = member.userinfo_encrypted_response_alg;
    const body =
      (await this.userinfo(inner, key)) ??
      (await new CompactEncrypt(Buffer.from(inner))
        .setProtectedHeader({
          alg,
          enc: member.userinfo_encrypted_response_enc,
          cty: "JWT",
          kid: key.kid ?? "",
        })
        .encrypt(await importJWK(key, alg)));
    return { type: "application/jose", body };
  }
}
