/** The question to a provider and its answer: OpenID Connect's code flow as SPID and CIE restrict it. */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { compactDecrypt, decodeProtectedHeader, importJWK, type JWK } from "jose";
import { z } from "zod";
import { levelOf } from "../sign-in-rules";
import { type Attributes, readAttributes } from "./attributes";
import { signedBy } from "./entity-statements";
import { Fetching } from "./fetching";
import type { Provider } from "./providers";
import { FederationRefusal, refusing } from "./refusal";
import { callbackOf, clientIdOf, type Federation, type Member } from "./settings";
import { verifySigned } from "./statements";

const requestSeconds = 300;
const assertion = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** What only this site knows of a question, until it is answered. */
export interface Secrets {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Every message of a sign-in, as the rules of SPID and CIE have them kept, with the provider's signatures on them. */
export interface Transcript {
  request: string;
  response?: Record<string, string>;
  tokenRequest?: string;
  tokenResponse?: string;
  userinfoRequest?: string;
  /** Decrypted: what the provider signed. */
  userinfoResponse?: string;
}

export interface SignedIn {
  readonly attributes: Attributes;
  readonly level: 1 | 2 | 3;
  readonly authenticatedAt: Date;
}

/** Where the browser goes, with a request object signed by the municipality. */
export async function question(
  whole: Federation,
  member: Member,
  provider: Provider,
  { language, now }: { language: "it" | "en"; now: Date },
): Promise<{ location: string; secrets: Secrets; request: string }> {
  const [state, nonce, verifier] = [secret(), secret(), secret()];
  const clientId = clientIdOf(whole, member);
  const seconds = Math.floor(now.getTime() / 1000);
  const open = {
    ...{ client_id: clientId, response_type: "code", scope: "openid" },
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  };
  const request = await signedBy(whole.keys.signature, undefined, {
    ...open,
    ...{
      iss: clientId,
      aud: provider.issuer,
      iat: seconds,
      exp: seconds + requestSeconds,
      jti: randomUUID(),
    },
    ...{ redirect_uri: callbackOf(whole, member), state, nonce },
    // The person proves who they are now: the answer says no other time.
    prompt: "consent login",
    acr_values: `${levelPrefix}${whole.settings.level}`,
    claims: {
      userinfo: {
        [fiscalNumberClaim]: { essential: true },
        given_name: { essential: true },
        family_name: { essential: true },
        birthdate: { essential: true },
      },
    },
    ui_locales: language,
  });
  const location = new URL(provider.authorization);
  for (const [name, value] of Object.entries({ ...open, request })) location.searchParams.set(name, value);
  return { location: location.href, secrets: { state, nonce, verifier }, request };
}

export const fiscalNumberClaim = "https://attributes.eid.gov.it/fiscal_number";

const levelPrefix = "https://www.spid.gov.it/SpidL";

/** Whether an answer that came with a browser is the provider's to this question. @throws FederationRefusal */
export function readAnswer(query: URLSearchParams, provider: Provider, { state }: Secrets): string {
  for (const name of ["state", "iss", "code", "error"])
    if (query.getAll(name).length > 1) throw new FederationRefusal("answer", `${name} more than once`);
  if (query.get("state") !== state) throw new FederationRefusal("answer", "state");
  const issuer = query.get("iss");
  // Otherwise one provider's code would be shown to another.
  if (issuer === null ? provider.namesItself : issuer !== provider.issuer)
    throw new FederationRefusal("answer", "issuer");
  if (query.has("error")) throw new FederationRefusal("denied", "by the provider");
  const code = query.get("code");
  if (!code || code.length > 4000) throw new FederationRefusal("answer", "code");
  return code;
}

const tokensSchema = z.object({
  access_token: z.string().min(1).max(10_000),
  token_type: z.string().regex(/^bearer$/i),
  id_token: z.string().min(1).max(20_000),
});

const idTokenSchema = z.looseObject({
  sub: z.string().min(1).max(300),
  aud: z.union([z.string(), z.array(z.string()).length(1)]),
  nonce: z.string(),
  acr: z.string(),
  iat: z.int(),
  at_hash: z.string(),
  jti: z.string().min(1),
});

/** Exchanges the code, and checks all that the provider then says. @throws FederationRefusal */
export async function redeem(
  whole: Federation,
  member: Member,
  provider: Provider,
  { code, secrets, transcript, now }: { code: string; secrets: Secrets; transcript: Transcript; now: Date },
): Promise<SignedIn> {
  const fetching = new Fetching(whole.thisMachine);
  const clientId = clientIdOf(whole, member);
  const seconds = Math.floor(now.getTime() / 1000);
  transcript.tokenRequest = new URLSearchParams({
    ...{
      grant_type: "authorization_code",
      code,
      redirect_uri: callbackOf(whole, member),
      client_id: clientId,
    },
    code_verifier: secrets.verifier,
    client_assertion_type: assertion,
    client_assertion: await signedBy(whole.keys.signature, undefined, {
      ...{ iss: clientId, sub: clientId, aud: provider.token, jti: randomUUID() },
      ...{ iat: seconds, exp: seconds + requestSeconds },
    }),
  }).toString();
  const answer = await fetching.ask(provider.token, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
    body: transcript.tokenRequest,
  });
  transcript.tokenResponse = answer.text;
  if (answer.status !== 200) throw new FederationRefusal("answer", `the code: ${answer.status}`);
  const tokens = await refusing("token", "form of the tokens", () =>
    tokensSchema.parse(JSON.parse(answer.text)),
  );

  const said = await idToken(tokens.id_token, provider, { clientId, now });
  if (said.nonce !== secrets.nonce) throw new FederationRefusal("token", "nonce");
  if (!matchesAccessToken(tokens.id_token, said.at_hash, tokens.access_token))
    throw new FederationRefusal("token", "at_hash");
  // A provider may use a stronger way than was asked for.
  const level = said.acr.startsWith(levelPrefix) ? levelOf(said.acr) : 0;
  if (level === 0 || level < whole.settings.level) throw new FederationRefusal("level", String(level));

  transcript.userinfoRequest = provider.userinfo;
  const userinfo = await fetching.ask(provider.userinfo, {
    headers: { authorization: `Bearer ${tokens.access_token}`, accept: "application/jwt, application/jose" },
  });
  if (userinfo.status !== 200) throw new FederationRefusal("token", `UserInfo: ${userinfo.status}`);
  const inner = await decrypted(whole, userinfo.text.trim());
  transcript.userinfoResponse = inner;
  const claims = await verifySigned(inner, {
    ...{ keys: provider.keys, issuer: provider.issuer, subject: said.sub, audience: clientId },
    ...{ now, code: "token" },
  });
  return { attributes: readAttributes(claims), level, authenticatedAt: new Date(said.iat * 1000) };
}

async function idToken(
  token: string,
  provider: Provider,
  { clientId, now }: { clientId: string; now: Date },
): Promise<z.output<typeof idTokenSchema>> {
  const { keys, issuer } = provider;
  const claims = await verifySigned(token, { keys, issuer, audience: clientId, now, code: "token" });
  const parsed = idTokenSchema.safeParse(claims);
  if (!parsed.success)
    throw new FederationRefusal("token", `ID token: ${parsed.error.issues[0]?.path.join(".")}`);
  const old = now.getTime() / 1000 - parsed.data.iat;
  if (old > requestSeconds) throw new FederationRefusal("token", "ID token of another time");
  return parsed.data;
}

function matchesAccessToken(token: string, said: string, accessToken: string): boolean {
  const hash = decodeProtectedHeader(token).alg === "RS512" ? "sha512" : "sha256";
  const digest = createHash(hash).update(accessToken, "ascii").digest();
  return digest.subarray(0, digest.length / 2).toString("base64url") === said;
}

/** UserInfo comes signed and then encrypted to the municipality; what is only signed, or under weaker ways, is not taken. */
async function decrypted({ keys }: Federation, token: string): Promise<string> {
  return refusing("token", "decryption of UserInfo", async () => {
    const key = await importJWK(keys.encryption as unknown as JWK, "RSA-OAEP-256");
    const { plaintext } = await compactDecrypt(token, key, {
      keyManagementAlgorithms: ["RSA-OAEP", "RSA-OAEP-256"],
      contentEncryptionAlgorithms: ["A128CBC-HS256", "A256CBC-HS512"],
    });
    if (plaintext.byteLength > 20_000) throw new FederationRefusal("token", "UserInfo that is too long");
    return new TextDecoder("utf-8", { fatal: true }).decode(plaintext);
  });
}

/** 43 letters, digits, - and _: the rules ask for 32 or more. */
function secret(): string {
  return randomBytes(32).toString("base64url");
}
