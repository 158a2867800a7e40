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
  organisation: Organisation;
  phase: PasskeyPhase;
  /** What its code is computed from, in the browser of whoever compares it. */
  facts: PasskeyFacts;
  trial: boolean;
  since: string;
  countsFrom?: string;
  /** Who made the first of the two confirmations. */
  proposedBy?: { person: string; name: string };
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
      ...{ facts: { founding, person, credential, spki, rpId }, since: proposedOn, trial: trial ?? false },
      ...(countsFrom !== undefined && { countsFrom }),
      ...(first && { proposedBy: { person: first.by.person, name: nameOf(first.by.person) } }),
    };
  });
  const offered = waiting.flatMap(({ id, person, credential, spki, rpId, createdAt }): PasskeyView[] => {
    const official = officials.find((row) => row.id === person);
    if (!official) return [];
    return [
      {
        ...{ id, person, organisation: official.organisation as Organisation, name: nameOf(person) },
        ...{ phase: "offered", facts: { founding, person, credential, spki, rpId }, trial: false },
        since: createdAt.toISOString().slice(0, 10),
      },
    ];
  });
  return { keys: [...offered, ...proposed], day };
}

/** Whether somebody holds an office of the register, held one, or is proposed for one. */
export async function isInRegister(municipality: string, viewer: Viewer): Promise<boolean> {
  return (await db.chainOfficial.count({ where: { municipality, id: viewer.id } })) > 0;
}

/** What is needed to make a key for somebody of the register; undefined for everybody else. */
export async function passkeyMaking(
  municipality: string,
  viewer: Viewer,
): Promise<PasskeyMaking | undefined> {
  const [chain, official] = await Promise.all([
    foundedRecord(municipality),
    db.chainOfficial.findUnique({ where: { municipality_id: { municipality, id: viewer.id } } }),
  ]);
  const own = chain?.organisations?.find(({ part }) => part === official?.organisation);
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
