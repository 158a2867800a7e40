import "server-only";
import { chainDay } from "@/features/calls/queries";
import { namesOf } from "@/features/register/queries";
import { db } from "@/lib/db";
import type { Viewer } from "@/lib/permissions";
import { relyingPartyId } from "@/protocol/acts/origins";
import { countsOn } from "@/protocol/in-office";
import type { Organisation } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import type { PasskeyFacts } from "./rules";

/** Where a key stands: `offered` is made and not in the register, `coming` counts from a later day. */
export type PasskeyPhase = "offered" | "proposed" | "coming" | "counting" | "withdrawn";

export type PasskeyView = {
  id: string;
  person: string;
  name: string;
  /** On whose site it signs: of a resident the Comune. */
  organisation: Organisation;
  /** Of a resident, for what binds them as a party. */
  resident: boolean;
  phase: PasskeyPhase;
  /** What its code is computed from, in the browser of whoever compares it. */
  facts: PasskeyFacts;
  trial: boolean;
  since: string;
  countsFrom?: string;
  /** Who made the first of the two confirmations. */
  proposedBy?: { person: string; name: string; organisation: Organisation };
};

/** What a browser needs to make a key for a person. */
export type PasskeyMaking = {
  founding: string;
  rpId: string;
  /** The address at which the person's organisation signs. */
  origin: string;
  /** Credential ids of the person's keys, so that one device does not make two. */
  known: readonly string[];
};

export type Keys = {
  /** Every key and offer of people of the register. */
  keys: readonly PasskeyView[];
  day: string;
};

/** The keys of a municipality's register, and those that wait to be proposed; none before it was founded. */
export async function keysIn(municipality: string, filter: { person?: string } = {}): Promise<Keys> {
  const [chain, day] = await Promise.all([foundedRecord(municipality), chainDay(municipality)]);
  if (!chain) return { keys: [], day };
  const where = { municipality, ...filter };
  const [rows, offers] = await Promise.all([
    db.chainPasskey.findMany({ where, orderBy: { id: "asc" } }),
    db.passkeyOffer.findMany({ where, orderBy: { createdAt: "asc" } }),
  ]);
  const records = rows.map(({ record }) => record as unknown as RecordOf<"passkey">);
  const waiting = offers.filter(({ id }) => !records.some((record) => record.id === id));
  const officials = await db.chainOfficial.findMany({
    where: { municipality, id: { in: waiting.map(({ person }) => person) } },
  });
  const nameOf = await namesOf([
    ...waiting.map(({ person }) => person),
    ...records.flatMap(({ person, confirmations }) => [person, ...confirmations.map(({ by }) => by.person)]),
  ]);
  const { founding } = chain;
  const proposed = records.map((record): PasskeyView => {
    const { id, person, organisation, credential, spki, rpId, countsFrom, proposedOn, trial } = record;
    const [first] = record.confirmations;
    return {
      ...{ id, person, organisation, name: nameOf(person), phase: phaseOf(record, day) },
      resident: record.resident ?? false,
      ...{ facts: { founding, person, credential, spki, rpId }, since: proposedOn, trial: trial ?? false },
      ...(countsFrom !== undefined && { countsFrom }),
      ...(first && {
        proposedBy: {
          ...{ person: first.by.person, organisation: first.by.organisation },
          name: nameOf(first.by.person),
        },
      }),
    };
  });
  const offered = waiting.map(({ id, person, credential, spki, rpId, createdAt }): PasskeyView => {
    const official = officials.find((row) => row.id === person);
    return {
      ...{ id, person, name: nameOf(person), resident: official === undefined },
      organisation: official ? (official.organisation as Organisation) : "Comune",
      ...{ phase: "offered", facts: { founding, person, credential, spki, rpId }, trial: false },
      since: createdAt.toISOString().slice(0, 10),
    };
  });
  return { keys: [...offered, ...proposed], day };
}

/** Whether somebody signs: in an office that they hold, held or are proposed for, or for a subject they represent. */
export async function signsSomething(municipality: string, viewer: Viewer): Promise<boolean> {
  const [offices, subjects] = await Promise.all([
    db.chainOfficial.count({ where: { municipality, id: viewer.id } }),
    db.chainSubject.count({ where: { municipality, representative: viewer.id } }),
  ]);
  return offices + subjects > 0;
}

/** Whether a person has a key that signs today. */
export async function hasCountingKey(municipality: string, person: string): Promise<boolean> {
  const { keys } = await keysIn(municipality, { person });
  return keys.some(({ phase }) => phase === "counting");
}

/** What is needed to make a key for somebody of the register or who represents a subject; undefined for everybody else. */
export async function passkeyMaking(
  municipality: string,
  viewer: Viewer,
): Promise<PasskeyMaking | undefined> {
  const [chain, official] = await Promise.all([
    foundedRecord(municipality),
    db.chainOfficial.findUnique({ where: { municipality_id: { municipality, id: viewer.id } } }),
  ]);
  const isParty =
    !official && (await db.chainSubject.count({ where: { municipality, representative: viewer.id } })) > 0;
  const ownPart = isParty ? "Comune" : official?.organisation;
  const own = chain?.organisations?.find(({ part }) => part === ownPart);
  if (!chain || !own) return undefined;
  const { keys } = await keysIn(municipality, { person: viewer.id });
  const origin = own.newOrigin ?? own.origin;
  return {
    ...{ founding: chain.founding, origin, rpId: relyingPartyId(origin) },
    known: keys.filter(({ phase }) => phase !== "withdrawn").map(({ facts }) => facts.credential),
  };
}

function phaseOf(record: RecordOf<"passkey">, day: string): PasskeyPhase {
  if (record.state !== "counting") return record.state;
  return countsOn(record, day) ? "counting" : "coming";
}

async function foundedRecord(
  municipality: string,
): Promise<(RecordOf<"municipality"> & { founding: string }) | undefined> {
  const where = { municipality_id: { municipality, id: municipality } };
  const row = await db.chainMunicipality.findUnique({ where, select: { record: true } });
  const record = row?.record as RecordOf<"municipality"> | undefined;
  return record?.founding === undefined ? undefined : { ...record, founding: record.founding };
}
