/** What an identity provider says of itself, held against what this site needs of it. Pure. */
import { z } from "zod";

/** One thing that was looked at. `unsaid`: the provider says nothing of it, and it may be right. */
export const findingSchema = z.strictObject({
  about: z.enum([
    ...(["document", "issuer", "endpoints", "code", "pkce", "scopes", "levels", "algorithm"] as const),
    ...(["secret", "keys", "clock", "member", "ownStatement", "ownChain", "provider"] as const),
  ]),
  state: z.enum(["right", "wrong", "unsaid"]),
  /** Fills its sentence: names, addresses and codes, no secret. */
  what: z.string().max(300).default(""),
});
export type Finding = z.output<typeof findingSchema>;
export type About = Finding["about"];

export type Asked = {
  /** As it is configured, letter for letter. */
  issuer: string;
  scopes: readonly string[];
  /** Levels of assurance that are asked for. */
  acrValues: readonly string[];
};

/** By which tokens are signed that the sign-in library takes, and what a client says its secret by. */
const ALGORITHM = "RS256";
const SECRET_BY = "client_secret_basic";
/** Clocks differ: the same that a token's times are given. */
export const CLOCK_SECONDS = 60;

const texts = z.array(z.string().max(500)).max(200);
const document = z.looseObject({
  issuer: z.string().max(2000),
  authorization_endpoint: z.string().max(2000).optional(),
  token_endpoint: z.string().max(2000).optional(),
  userinfo_endpoint: z.string().max(2000).optional(),
  jwks_uri: z.string().max(2000).optional(),
  response_types_supported: texts.optional(),
  code_challenge_methods_supported: texts.optional(),
  scopes_supported: texts.optional(),
  acr_values_supported: texts.optional(),
  id_token_signing_alg_values_supported: texts.optional(),
  token_endpoint_auth_methods_supported: texts.optional(),
});
export type ProviderDocument = z.output<typeof document>;

/** The document of a provider, or undefined for what is none. */
export function readDocument(value: unknown): ProviderDocument | undefined {
  return document.safeParse(value).data;
}

export function judgeDocument(said: ProviderDocument, asked: Asked): Finding[] {
  const finding = (about: About, isRight: boolean | undefined, what = ""): Finding => ({
    ...{ about, state: isRight === undefined ? "unsaid" : isRight ? "right" : "wrong" },
    what: what.slice(0, 300),
  });
  const missing = endpoints.filter((name) => !isAddress(said[name], asked.issuer));
  const {
    response_types_supported: types,
    code_challenge_methods_supported: challenges,
    scopes_supported: scopes,
    acr_values_supported: levels,
    id_token_signing_alg_values_supported: algorithms,
    // Without a list it is this one, as OpenID Connect Discovery says.
    token_endpoint_auth_methods_supported: secrets = [SECRET_BY],
  } = said;
  const lacking = scopes && asked.scopes.filter((scope) => !scopes.includes(scope));
  return [
    finding("issuer", said.issuer === asked.issuer, said.issuer),
    finding("endpoints", missing.length === 0, missing.join(", ")),
    finding("code", types?.includes("code")),
    finding("pkce", challenges?.includes("S256")),
    finding("scopes", lacking && lacking.length === 0, (lacking ?? []).join(" ")),
    finding(
      "levels",
      levels && asked.acrValues.some((value) => levels.includes(value)),
      asked.acrValues.join(" "),
    ),
    finding("algorithm", algorithms?.includes(ALGORITHM), ALGORITHM),
    finding("secret", secrets.includes(SECRET_BY), SECRET_BY),
  ];
}

const endpoints = ["authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri"] as const;

/** Addresses are https, or of the same site as an issuer that is not: a trial on one machine. */
export function isAddress(value: string | undefined, issuer: string): boolean {
  if (value === undefined || !URL.canParse(value)) return false;
  const { protocol, origin } = new URL(value);
  return protocol === "https:" || (protocol === "http:" && origin === new URL(issuer).origin);
}

const keySet = z.looseObject({
  keys: z
    .array(z.looseObject({ kty: z.string(), use: z.string().optional(), alg: z.string().optional() }))
    .max(100),
});

/** Whether a set of keys has one by which a token can be checked. */
export function judgeKeys(value: unknown): Finding {
  const keys = keySet.safeParse(value).data?.keys ?? [];
  const usable = keys.filter(
    ({ kty, use = "sig", alg = ALGORITHM }) => kty === "RSA" && use === "sig" && alg === ALGORITHM,
  );
  return { about: "keys", state: usable.length > 0 ? "right" : "wrong", what: String(usable.length) };
}

/** @param date the answer's own header */
export function judgeClock(date: string | null, now: Date): Finding {
  const said = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(said)) return { about: "clock", state: "unsaid", what: "" };
  const seconds = Math.round(Math.abs(said - now.getTime()) / 1000);
  return { about: "clock", state: seconds <= CLOCK_SECONDS ? "right" : "wrong", what: String(seconds) };
}
