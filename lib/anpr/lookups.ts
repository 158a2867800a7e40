/** Asks ANPR where somebody lives when they sign in, and keeps the register of who was asked about, when and for what. */
import "server-only";
import { randomUUID } from "node:crypto";
import { type Database, db } from "../db";
import { instantAt, todayInItaly } from "../local-time";
import { log } from "../log";
import { AnprRefusal, type AnprRefusalCode } from "./refusal";
import { askResidence, type Found, newOperation, type Residence } from "./residence";
import { type Anpr, type AnprMember, anprMember } from "./settings";

const KEPT_MONTHS = 24;
const DAY_MS = 86_400_000;
/** Who has moved here, or has had it put right, is asked about again the next day. */
const NO_DAYS = 1;
/** Who signs in does not wait for a service that has just not answered somebody else. */
const PAUSE_MS = 60_000;

let silentUntil = 0;

/** That somebody does not live here. */
const noes: readonly string[] = ["elsewhere", "not_found"] satisfies Residence[];

/**
 * Asks whether somebody who has just signed in lives in the municipality, unless an answer is known that still counts.
 * Without an answer everything stays as it was: nobody is kept from signing in.
 */
export async function confirmResidence(
  municipality: string,
  who: { person: string; fiscalNumber: string; level: number },
): Promise<void> {
  const found = anprMember(municipality);
  if (!found) return;
  const { whole, member } = found;
  const { person } = who;
  const known = await knownResidence(whole, municipality, person);
  if (known) return settle(db, person, known);
  const id = randomUUID();
  const operation = newOperation();
  const hindrance = await hindranceOf(whole, member);
  await db.residenceLookup.create({
    data: {
      ...{ id, municipality, person, operation, service: whole.service, purpose: member.purpose },
      ...(hindrance ? { outcome: hindrance } : { askedAt: new Date() }),
    },
  });
  if (hindrance) return;
  const { name } = await db.municipality.findUniqueOrThrow({ where: { istatCode: municipality } });
  let answer: Found;
  try {
    answer = await askResidence(whole, member, { ...who, name, operation, now: new Date() });
  } catch (error) {
    if (!(error instanceof AnprRefusal)) throw error;
    const { code: reason, detail } = error;
    if (reason === "unreachable") silentUntil = Date.now() + PAUSE_MS;
    log.warn({ reason, detail, municipality }, "anpr");
    await db.residenceLookup.update({ where: { id }, data: { outcome: reason } });
    return;
  }
  silentUntil = 0;
  const { residence: outcome, anprOperation } = answer;
  await db.$transaction(async (tx) => {
    await tx.residenceLookup.update({ where: { id }, data: { outcome, anprOperation } });
    await settle(tx, person, { municipality, outcome });
  });
}

/** An answer that still counts: about this municipality, or that the person lives in another one. */
async function knownResidence({ days }: Anpr, municipality: string, person: string) {
  const since = (back: number) => ({ gt: new Date(Date.now() - back * DAY_MS) });
  return db.residenceLookup.findFirst({
    where: {
      person,
      OR: [
        { outcome: "resident", createdAt: since(days) },
        { municipality, outcome: { in: [...noes] }, createdAt: since(NO_DAYS) },
      ],
    },
    orderBy: { createdAt: "desc" },
    select: { municipality: true, outcome: true },
  });
}

/** Why ANPR cannot be asked now. */
async function hindranceOf(
  { daily }: Anpr,
  { municipality }: AnprMember,
): Promise<AnprRefusalCode | undefined> {
  if (silentUntil > Date.now()) return "unreachable";
  const midnight = instantAt(`${todayInItaly()}T00:00`);
  if (!(midnight instanceof Date)) throw new TypeError("a day begins");
  const asked = await db.residenceLookup.count({ where: { municipality, askedAt: { gte: midnight } } });
  return asked >= daily ? "threshold" : undefined;
}

/** What an answer says of the person: that they live here, or that they do not. */
async function settle(
  database: Database,
  person: string,
  { municipality, outcome }: { municipality: string; outcome: string | null },
): Promise<void> {
  if (outcome === "resident")
    await database.person.update({ where: { id: person }, data: { residence: municipality } });
  else
    await database.person.updateMany({
      where: { id: person, residence: municipality },
      data: { residence: null },
    });
}

/** Forgets what was kept as long as it has to be. */
export async function forgetResidenceLookups(now = new Date()): Promise<void> {
  const before = new Date(now);
  before.setUTCMonth(before.getUTCMonth() - KEPT_MONTHS);
  await db.residenceLookup.deleteMany({ where: { createdAt: { lt: before } } });
}

/** The register of a municipality, oldest first, for whoever has to account for it: the operator's command prints it. */
export async function lookupsOf(municipality: string) {
  return db.residenceLookup.findMany({
    where: { municipality },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}
