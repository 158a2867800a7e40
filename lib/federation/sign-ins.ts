/** Signing in by SPID or CIE: from the choice of a provider to a session, and the register that is kept of it. */
import "server-only";
import { createHash, randomUUID } from "node:crypto";
import { cookies } from "next/headers";
import { encode } from "next-auth/jwt";
import { z } from "zod";
import { confirmResidence } from "../anpr/lookups";
import { anprMember } from "../anpr/settings";
import { recognisePerson } from "../auth";
import { cookieName } from "../cookie-name";
import { db } from "../db";
import { env } from "../env";
import { log } from "../log";
import { ownPath } from "../same-site";
import { readSealedCookie, sealIntoCookie } from "../sealed-cookie";
import { securityEvent } from "../security-log";
import { openSession, SESSION_SECONDS } from "../session";
import { question, readAnswer, redeem, type SignedIn, type Transcript } from "./authorization";
import { type Provider, providerOf } from "./providers";
import { FederationRefusal, type RefusalCode } from "./refusal";
import { keep, seal, unsealed } from "./register";
import { type Federation, federation, type Member } from "./settings";

const OPEN_SECONDS = 600;
const cookie = { name: "federation", purpose: "state of a sign-in by the federation" };

const openSchema = z.object({
  secrets: z.object({ state: z.string(), nonce: z.string(), verifier: z.string() }),
  request: z.string(),
  from: z.string(),
  language: z.enum(["it", "en"]),
});
type Open = z.output<typeof openSchema>;

/** Where a browser goes that has chosen a provider. @throws FederationRefusal */
export async function beginFederatedSignIn(asked: {
  provider: string;
  from: string;
  language: "it" | "en";
}): Promise<string> {
  const whole = federation();
  const setting = whole?.settings.providers.find(({ entity }) => entity === asked.provider);
  if (!whole || !setting) throw new FederationRefusal("metadata", "a provider that is not configured");
  const now = new Date();
  const from = ownPath(asked.from);
  const [provider, member] = [await providerOf(whole, setting, now), await memberFor(whole, from)];
  const { language } = asked;
  const { location, secrets, request } = await question(whole, member, provider, { language, now });
  const id = randomUUID();
  await db.federatedSignIn.create({
    data: {
      ...{ id, state: hash(secrets.state), municipality: member.municipality, provider: setting.entity },
      sealed: seal(id, { secrets, request, from, language } satisfies Open),
      openUntil: new Date(now.getTime() + OPEN_SECONDS * 1000),
    },
  });
  // An answer counts in the browser that asked: nobody is signed in as somebody else by a link.
  await sealIntoCookie(cookie.name, secrets.state, { purpose: cookie.purpose, seconds: OPEN_SECONDS });
  return location;
}

export type Finished = { ok: true; to: string } | { ok: false; language: "it" | "en"; reason: RefusalCode };

/** Takes what a provider's answer brought to a member's callback, and begins a session of whoever it is. */
export async function finishFederatedSignIn(ipa: string, query: URLSearchParams): Promise<Finished> {
  const whole = federation();
  const member = whole?.settings.members.find((candidate) => candidate.ipa === ipa);
  const state = query.get("state") ?? "";
  const mine = await readSealedCookie(cookie.name, cookie.purpose);
  const row = whole && member && mine === state ? await claim(state, member) : undefined;
  if (!whole || !member || !row) {
    securityEvent("sign_in_refused", { reason: "answer" });
    return { ok: false, language: "it", reason: "answer" };
  }
  (await cookies()).delete(cookieName(cookie.name));
  const open = openSchema.parse(unsealed(row));
  const transcript: Transcript = { request: open.request, response: Object.fromEntries(query) };
  const now = new Date();
  let provider: Provider | undefined;
  try {
    const setting = whole.settings.providers.find(({ entity }) => entity === row.provider);
    if (!setting) throw new FederationRefusal("metadata", "a provider that is not configured any more");
    provider = await providerOf(whole, setting, now);
    const code = readAnswer(query, provider, open.secrets);
    const found = await redeem(whole, member, provider, {
      ...{ code, secrets: open.secrets, transcript, now },
    });
    await keep(row.id, { transcript, provider, outcome: "signed_in" });
    await begin(found, member);
    return { ok: true, to: open.from };
  } catch (error) {
    if (!(error instanceof FederationRefusal)) throw error;
    const { code: reason, detail } = error;
    await keep(row.id, { transcript, provider, outcome: reason });
    securityEvent("sign_in_refused", { reason, municipality: member.municipality });
    log.warn({ reason, detail }, "federation");
    return { ok: false, language: open.language, reason };
  }
}

/** The question of an answer, for the first that asks. */
async function claim(state: string, { municipality }: Member) {
  const row = await db.federatedSignIn.findUnique({ where: { state: hash(state), municipality } });
  if (!row) return undefined;
  const now = new Date();
  const { count } = await db.federatedSignIn.updateMany({
    where: { id: row.id, answeredAt: null, openUntil: { gt: now } },
    data: { answeredAt: now },
  });
  return count === 1 ? row : undefined;
}

async function begin(
  { attributes, level, authenticatedAt }: SignedIn,
  { municipality }: Member,
): Promise<void> {
  const { fiscalNumber, birthDate } = attributes;
  const person = await recognisePerson({
    ...{ fiscalNumber, birthDate },
    displayName: `${attributes.givenName} ${attributes.familyName}`,
    // SPID and CIE say an address and no code of a municipality: ANPR does, where it is asked, and otherwise nobody.
    ...(!anprMember(municipality) && { residence: null }),
  });
  await confirmResidence(municipality, { person, fiscalNumber, level });
  const session = await openSession({ person, level, authenticatedAt });
  const token = await encode({ token: { session }, secret: env.NEXTAUTH_SECRET, maxAge: SESSION_SECONDS });
  (await cookies()).set(cookieName("session"), token, {
    ...{ httpOnly: true, sameSite: "lax", path: "/", maxAge: SESSION_SECONDS },
    secure: env.ORIGIN.startsWith("https:"),
  });
}

/** The municipality whose page a person comes from; the first where it is none of them. */
async function memberFor(whole: Federation, from: string): Promise<Member> {
  const { members } = whole.settings;
  const [first, second] = new URL(from, env.ORIGIN).pathname.split("/").filter(Boolean);
  const slug = first === "en" ? second : first;
  const row = slug
    ? await db.municipality.findUnique({ where: { slug }, select: { istatCode: true } })
    : null;
  const member = members.find(({ municipality }) => municipality === row?.istatCode) ?? members[0];
  if (!member) throw new TypeError("settings have a member");
  return member;
}

function hash(state: string): string {
  return createHash("sha256").update(state).digest("hex");
}
