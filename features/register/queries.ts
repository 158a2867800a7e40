import "server-only";
import { chainDay } from "@/features/calls/queries";
import { publicFilesByHash } from "@/features/documents/queries";
import { db } from "@/lib/db";
import { rolesHeldIn } from "@/lib/roles-held";
import type { Act, Actor, Organisation } from "@/protocol/primitives";
import { type Office, type OfficePhase, officePhase } from "./rules";

/** Somebody who took part, by name; empty where nobody of that id has a name here any more. */
type NamedActor = { person: string; name: string; organisation: Organisation };

export type OfficeView = {
  id: string;
  person: string;
  name: string;
  organisation: Organisation;
  role: Office["role"];
  from: string;
  until?: string;
  district?: string;
  /** Whom they stand in for. */
  substituteFor?: { id: string; name: string };
  act: Act & { href?: string };
  phase: OfficePhase;
  /** None where founding or a recovery gave it. */
  proposedBy?: NamedActor;
  confirmedBy?: NamedActor;
  confirmedOn?: string;
  suspension?: { by: NamedActor; until: string; reason: string };
  endedOn?: string;
  endedBy?: NamedActor;
  /** The transaction that wrote it last. */
  transactionId: string;
};

export async function isFounded(municipality: string): Promise<boolean> {
  const row = await db.chainMunicipality.findFirst({ where: { municipality }, select: { record: true } });
  return (row?.record as { founding?: string } | undefined)?.founding !== undefined;
}

/** Whether there are district councils: where there are none, the Giunta approves pacts by itself. */
export async function hasDistrictCouncils(municipality: string): Promise<boolean> {
  return (await rolesHeldIn(municipality)).some(({ role }) => role === "district_council");
}

/** Every office that was ever proposed in a municipality, with the chain's day by which its phase is told. */
export async function officesIn(municipality: {
  istatCode: string;
  slug: string;
}): Promise<{ day: string; offices: OfficeView[] }> {
  const { istatCode } = municipality;
  const [day, rows] = await Promise.all([
    chainDay(istatCode),
    db.chainOffice.findMany({ where: { municipality: istatCode }, orderBy: { id: "asc" } }),
  ]);
  const offices = rows.map(({ record, transactionId }) => ({
    office: record as unknown as Office,
    transactionId,
  }));
  const [nameOf, files, reasons] = await Promise.all([
    namesOf(offices.flatMap(({ office }) => peopleIn(office))),
    publicFilesByHash(
      municipality,
      offices.map(({ office }) => office.act.file),
    ),
    db.saltedText.findMany({
      where: {
        municipality: istatCode,
        digest: { in: offices.flatMap(({ office }) => office.suspension?.reasonDigest ?? []) },
      },
      select: { digest: true, text: true },
    }),
  ]);
  const holderOf = (id: string) => offices.find(({ office }) => office.id === id)?.office.person ?? "";
  const named = ({ person, organisation }: Actor): NamedActor => ({
    ...{ person, organisation, name: nameOf(person) },
  });
  return {
    day,
    offices: offices.map(({ office, transactionId }): OfficeView => {
      const { id, person, organisation, role, from, until, district, act, suspension } = office;
      const { proposedBy, confirmedBy, confirmedOn, endedOn, endedBy, substituteFor } = office;
      const href = files.get(act.file);
      return {
        ...{ id, person, organisation, role, from, transactionId, name: nameOf(person) },
        ...{ act: { ...act, ...(href && { href }) }, phase: officePhase(office, day) },
        ...(until !== undefined && { until }),
        ...(district !== undefined && { district }),
        ...(substituteFor !== undefined && {
          substituteFor: { id: substituteFor, name: nameOf(holderOf(substituteFor)) },
        }),
        ...(proposedBy && { proposedBy: named(proposedBy) }),
        ...(confirmedBy && { confirmedBy: named(confirmedBy) }),
        ...(confirmedOn !== undefined && { confirmedOn }),
        ...(endedOn !== undefined && { endedOn }),
        ...(endedBy && { endedBy: named(endedBy) }),
        ...(suspension && {
          suspension: {
            ...{ by: named(suspension.by), until: suspension.until },
            reason: reasons.find(({ digest }) => digest === suspension.reasonDigest)?.text ?? "",
          },
        }),
      };
    }),
  };
}

/** The names of people by their identifiers; empty where there is none any more. */
export async function namesOf(people: readonly string[]): Promise<(person: string) => string> {
  const rows = await db.person.findMany({
    where: { id: { in: [...new Set(people)] } },
    select: { id: true, displayName: true },
  });
  const names = new Map(rows.map(({ id, displayName }) => [id, displayName ?? ""]));
  return (person) => names.get(person) ?? "";
}

function peopleIn({ person, proposedBy, confirmedBy, endedBy, suspension }: Office): string[] {
  const actors = [proposedBy, confirmedBy, endedBy, suspension?.by];
  return [person, ...actors.flatMap((actor) => actor?.person ?? [])];
}
