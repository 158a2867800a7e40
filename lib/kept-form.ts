/**
 * A form that was sent without JavaScript after its session was over. It waits, sealed, until its own person has signed
 * in again in the same browser, for half an hour.
 */
import "server-only";
import { createHash, randomBytes } from "node:crypto";
import type { SubmissionResult } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { cookies } from "next/headers";
import { z } from "zod";
import { cookieName } from "./cookie-name";
import { type Database, db } from "./db";
import { decrypt, encrypt, keyedHash } from "./encryption";
import { env } from "./env";

const SECONDS = 30 * 60;
/** Fields in which a form says which it is and whose: see components/ui/action-form.tsx. */
const ID = "form-id";
const OWNER = "form-owner";
const MOST_CHARACTERS = 60_000;
/** Of one person at a time; older ones make room. */
const MOST_OF_ONE = 5;

const contentSchema = z.object({
  form: z.string(),
  path: z.string(),
  entries: z.array(z.tuple([z.string(), z.string()])),
});

/**
 * What stands for a person in their forms. It says nothing of them, and only who has signed in has one, so that nobody
 * else can leave forms here.
 */
export function ownerOf(person: string): string {
  const name = keyedHash("owner of a form", person).slice(0, 32);
  return name + sealOf(name);
}

/** Keeps a form until its person has signed in again. @returns whether it does: too much, or nobody's, it does not keep */
export async function keepForm(form: FormData, path: string): Promise<boolean> {
  const owner = textOf(form, OWNER);
  const id = textOf(form, ID);
  if (!id || owner?.length !== 64 || owner.slice(32) !== sealOf(owner.slice(0, 32))) return false;
  const entries = [...form].filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === "string" &&
      !entry[0].startsWith("$") &&
      ![OWNER, ID].includes(entry[0]) &&
      entry[0] !== "command",
  );
  const content = JSON.stringify({ form: id, path: pathOf(path), entries } satisfies z.infer<
    typeof contentSchema
  >);
  if (content.length > MOST_CHARACTERS) return false;
  const token = randomBytes(32).toString("base64url");
  const key = keyOf(token);
  await forgetKeptForms();
  const others = await db.keptForm.findMany({
    where: { owner },
    orderBy: { createdAt: "desc" },
    skip: MOST_OF_ONE - 1,
  });
  await db.keptForm.deleteMany({ where: { key: { in: others.map((other) => other.key) } } });
  await db.keptForm.create({ data: { key, owner, sealed: encrypt(content, purposeOf(key, owner)) } });
  (await cookies()).set(cookieName("form"), token, { ...cookieOptions(), maxAge: SECONDS });
  return true;
}

/** The form that waits for this person on this page, as conform shows it again. */
export async function keptFormFor(
  person: string,
  path: string,
): Promise<{ form: string; submission: SubmissionResult<string[]> } | undefined> {
  const token = (await cookies()).get(cookieName("form"))?.value;
  if (!token) return undefined;
  const key = keyOf(token);
  const owner = ownerOf(person);
  const since = new Date(Date.now() - SECONDS * 1000);
  const row = await db.keptForm.findUnique({ where: { key, owner, createdAt: { gte: since } } });
  if (!row) return undefined;
  const content = contentSchema.parse(JSON.parse(decrypt(row.sealed, purposeOf(key, owner)).toString()));
  if (content.path !== pathOf(path)) return undefined;
  const form = new FormData();
  for (const [name, value] of content.entries) form.append(name, value);
  const submission = parseWithZod(form, { schema: z.looseObject({}), disableAutoCoercion: true });
  return { form: content.form, submission: submission.reply({ formErrors: [] }) };
}

/** Forgets the form that waited in this browser, once one has been taken. */
export async function forgetKeptForm(): Promise<void> {
  const jar = await cookies();
  const token = jar.get(cookieName("form"))?.value;
  if (!token) return;
  await db.keptForm.deleteMany({ where: { key: keyOf(token) } });
  jar.set(cookieName("form"), "", { ...cookieOptions(), maxAge: 0 });
}

/** Forgets forms that nobody has come back for in time. */
export async function forgetKeptForms(now = new Date()): Promise<void> {
  await db.keptForm.deleteMany({ where: { createdAt: { lt: new Date(now.getTime() - SECONDS * 1000) } } });
}

/** Forgets what waits for a person who is erased, with the erasure itself. */
export async function forgetKeptFormsOf(tx: Database, person: string): Promise<void> {
  await tx.keptForm.deleteMany({ where: { owner: ownerOf(person) } });
}

function cookieOptions() {
  return { httpOnly: true, sameSite: "lax" as const, path: "/", secure: env.ORIGIN.startsWith("https:") };
}

function sealOf(name: string): string {
  return keyedHash("seal of an owner of a form", name).slice(0, 32);
}

/** The token stays in the browser alone. */
function keyOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

function pathOf(path: string): string {
  return path.split(/[?#]/, 1)[0] ?? "/";
}

function purposeOf(key: string, owner: string): string {
  return `KeptForm.sealed ${key} ${owner}`;
}

function textOf(form: FormData, name: string): string | undefined {
  const value = form.get(name);
  return typeof value === "string" && value !== "" && value.length <= 200 ? value : undefined;
}
