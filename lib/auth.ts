import "server-only";
import type { NextAuthOptions } from "next-auth";
import { cache } from "react";
import { z } from "zod";
import { cookieName } from "./cookie-name";
import { db } from "./db";
import { decrypt, encrypt, fiscalNumberHash } from "./encryption";
import { env } from "./env";
import { issuer } from "./identity-provider";
import { dayInItaly } from "./local-time";
import { log } from "./log";
import { OFFICE_LEVEL, type Viewer } from "./permissions";
import { rolesHeld } from "./roles-held";
import { securityEvent } from "./security-log";
import { currentToken, type LiveSession, liveSession, openSession, SESSION_SECONDS } from "./session";
import { type Answer, judgeAnswer } from "./sign-in-rules";
import { normalLine } from "./text-field";

export const PROVIDER = "identity";

declare module "next-auth" {
  interface Session {
    session?: string;
  }
}

declare module "next-auth/jwt" {
  interface JWT {
    /** Names a row of `Session`: whose it is and whether it is good is read there. */
    session?: string;
    /** Shown to the provider at sign-out, so that it ends its own session too. */
    idToken?: string;
  }
}

/** Claims as SPID and CIE proxies give them, and the trial provider alike. */
const claimsSchema = z.object({
  /** `TINIT-` is how SPID prefixes an Italian fiscal number. */
  fiscal_number: z
    .string()
    .trim()
    .toUpperCase()
    .transform((value) => value.replace(/^TINIT-/, ""))
    .pipe(z.string().regex(/^[A-Z0-9]{16}$/)),
  given_name: z.string().transform(normalLine).pipe(z.string().min(1).max(100)),
  family_name: z.string().transform(normalLine).pipe(z.string().min(1).max(100)),
  birthdate: z.iso.date(),
  /** ISTAT code of the municipality of residence; providers that do not know it leave it out. */
  municipality_of_residence: z
    .string()
    .regex(/^\d{6}$/)
    .optional(),
});

/** Made when it is first needed: a build has no environment. */
export const authOptions = cache((): NextAuthOptions => {
  const secure = env.ORIGIN.startsWith("https:");
  const cookie = (purpose: string) => ({
    name: cookieName(purpose),
    options: { httpOnly: true, sameSite: "lax" as const, path: "/", secure },
  });
  // The library takes its own address from the environment alone.
  process.env.NEXTAUTH_URL = env.ORIGIN;
  return {
    secret: env.NEXTAUTH_SECRET,
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/accedi", error: "/accedi", signOut: "/" },
    useSecureCookies: secure,
    cookies: {
      sessionToken: cookie("session"),
      callbackUrl: cookie("callback"),
      csrfToken: cookie("csrf"),
      state: cookie("state"),
      nonce: cookie("nonce"),
      pkceCodeVerifier: cookie("pkce"),
    },
    providers: [
      {
        id: PROVIDER,
        name: "identity",
        type: "oauth",
        wellKnown: `${issuer()}/.well-known/openid-configuration`,
        clientId: env.OIDC_CLIENT_ID,
        clientSecret: env.OIDC_CLIENT_SECRET,
        authorization: {
          params: {
            scope: "openid profile",
            acr_values: env.OIDC_ACR_VALUES,
            max_age: SESSION_SECONDS,
          },
        },
        idToken: true,
        userinfo: {
          // Compares the subject with the token's. The token itself often holds no attributes (SPID, CIE).
          request: async ({ client, tokens }) =>
            client.userinfo(tokens as Parameters<typeof client.userinfo>[0]),
        },
        checks: ["pkce", "state", "nonce"],
        profile: (claims) => ({ id: claims.sub }),
      },
    ],
    logger: {
      // What the library logs of itself may hold claims: the code and the kind of error are enough.
      error: (code, metadata) =>
        log.warn({ code, type: metadata instanceof Error ? metadata.name : undefined }, "sign-in"),
      warn: (code) => log.debug({ code }, "sign-in"),
      debug: () => {},
    },
    callbacks: {
      signIn({ account }) {
        const answer = judgedAnswer(account?.id_token);
        if (answer.ok) return true;
        securityEvent("sign_in_refused", { reason: answer.problem });
        return `/accedi?error=${answer.problem}`;
      },
      async jwt({ token, account, profile }) {
        if (!account) return token;
        const answer = judgedAnswer(account.id_token);
        if (!answer.ok) throw new TypeError("a refused answer begins no session");
        const { level, authenticatedAt } = answer;
        const session = await openSession({ person: await recognise(profile), level, authenticatedAt });
        return { session, idToken: account.id_token };
      },
      session: ({ session, token }) => ({ expires: session.expires, session: token.session }),
    },
  };
});

/** What the provider said, as the library has verified it, beside what it was asked. */
function judgedAnswer(idToken: string | undefined): Answer {
  const asked = {
    issuer: issuer(),
    clientId: env.OIDC_CLIENT_ID,
    acrValues: env.OIDC_ACR_VALUES.split(/\s+/).filter(Boolean),
    maxAgeSeconds: SESSION_SECONDS,
  };
  const [, payload = ""] = idToken?.split(".") ?? [];
  if (!payload) return { ok: false, problem: "answer" };
  return judgeAnswer(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")), asked, new Date());
}

/** The session of this request, read from the database so that one that was ended is over at once. */
export const currentSession = cache(async (): Promise<LiveSession | undefined> => {
  // Not the library's own way: for each page it would also encrypt a cookie anew, which no page can set.
  const token = await currentToken();
  return token?.session ? liveSession(token.session) : undefined;
});

/** Who is looking at this page, read from the database for each request so that a role that ends, ends at once. */
export const currentViewer = cache(async (): Promise<Viewer | undefined> => {
  const session = await currentSession();
  if (!session) return undefined;
  const [person, held] = await Promise.all([
    db.person.findUnique({
      where: { id: session.person, erasedAt: null },
      select: { id: true, displayName: true, language: true },
    }),
    rolesHeld(session.person),
  ]);
  if (!person) return undefined;
  // An office is held only by whoever has proved who they are at the second level: pages, files and exports ask this alone.
  const roles = session.level < OFFICE_LEVEL ? [] : held;
  return {
    id: person.id,
    name: person.displayName ?? "",
    language: person.language === "en" ? "en" : "it",
    roles,
  };
});

/** The person behind the claims of the provider that is configured, or of the trial's. */
function recognise(profile: unknown): Promise<string> {
  const claims = claimsSchema.parse(profile);
  return recognisePerson({
    fiscalNumber: claims.fiscal_number,
    displayName: `${claims.given_name} ${claims.family_name}`,
    residence: claims.municipality_of_residence ?? null,
    birthDate: claims.birthdate,
  });
}

/**
 * A person found by the keyed hash of the fiscal number, made if new. The number counts letter for letter: with the digits
 * put back that letters stand for where two people would have the same one, it may be somebody else's.
 */
export async function recognisePerson(who: {
  fiscalNumber: string;
  displayName: string;
  /** Left out where nothing is said of it, so that what is known stays. */
  residence?: string | null;
  birthDate: string;
}): Promise<string> {
  const hash = fiscalNumberHash(who.fiscalNumber);
  const { displayName, residence } = who;
  const stated = { displayName, ...(residence !== undefined && { residence }) };
  const { id, birthDateEncrypted } = await db.person.upsert({
    where: { fiscalNumberHash: hash },
    create: { fiscalNumberHash: hash, ...stated },
    update: stated,
  });
  if (!birthDateEncrypted) {
    const sealed = encrypt(who.birthDate, birthDatePurpose(id));
    await db.person.update({ where: { id }, data: { birthDateEncrypted: sealed } });
  }
  return id;
}

/** Whole years a person has lived on a day; 0 where the date of birth is not known. */
export async function ageOf(person: string, on: Date): Promise<number> {
  const row = await db.person.findUnique({ where: { id: person }, select: { birthDateEncrypted: true } });
  if (!row?.birthDateEncrypted) return 0;
  const birth = decrypt(row.birthDateEncrypted, birthDatePurpose(person)).toString();
  const day = dayInItaly(on);
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4));
  return day.slice(5) < birth.slice(5) ? years - 1 : years;
}

/** Least age to take part in a municipality, as its settings on the ledger say. */
export async function leastAgeIn(municipality: string): Promise<number> {
  const row = await db.chainMunicipality.findUnique({
    where: { municipality_id: { municipality, id: municipality } },
    select: { record: true },
  });
  const { settings } = (row?.record ?? {}) as { settings?: { leastAge: number } };
  return settings?.leastAge ?? 16;
}

export function birthDatePurpose(person: string): string {
  return `Person.birthDate ${person}`;
}
