/** Who calls meetings, and who has a place in them. Pure. */
import type { Viewer } from "@/lib/permissions";
import type { Organisation, Role } from "@/protocol/primitives";

export const aboutTypes = ["proposal", "pact", "house"] as const;
/** What a meeting is about. */
export type MeetingAbout = { type: (typeof aboutTypes)[number]; id: string };

/** In whose name a meeting is called: an office, or the group of the proposal. */
export type Convener = { organisation: Organisation; role: Role } | "proponent";

/** What has to be known of a subject to say who calls its meetings. */
export type MeetingSubject = MeetingAbout & {
  district: number | null;
  /** Of the proposal, or of the one that the pact comes from. */
  representative: string | null;
};

/**
 * In whose name somebody calls, changes and reports the meetings of a subject: the coordinators of its district or of the whole
 * network, for proposals and pacts the responsible officers too, and whoever represents the proposal.
 */
export function convenerOf(
  viewer: Pick<Viewer, "id" | "roles"> | undefined,
  municipality: string,
  { type, district, representative }: MeetingSubject,
): Convener | undefined {
  if (!viewer) return undefined;
  const held = viewer.roles.find(
    (one) =>
      one.municipality === municipality &&
      ((one.role === "coordinator" && (one.district === undefined || one.district === district)) ||
        (one.role === "responsible_officer" && type !== "house")),
  );
  if (held) return { organisation: held.organisation, role: held.role };
  return representative !== null && representative === viewer.id ? "proponent" : undefined;
}

/** Somebody who comes, or waits. */
export type Place = { person: string; number: number; isWaiting: boolean };

/** Who of those who wait has a place now, in the order in which they came. */
export function promoted(registrations: readonly Place[], places: number | null): string[] {
  const taken = registrations.filter(({ isWaiting }) => !isWaiting).length;
  const free = places === null ? registrations.length : Math.max(0, places - taken);
  return registrations
    .filter(({ isWaiting }) => isWaiting)
    .toSorted((a, b) => a.number - b.number)
    .slice(0, free)
    .map(({ person }) => person);
}

/** Whether the next one who comes has to wait: nobody overtakes those who wait already. */
export function hasToWait(
  registrations: readonly Pick<Place, "isWaiting">[],
  places: number | null,
): boolean {
  if (places === null) return false;
  return registrations.filter(({ isWaiting }) => !isWaiting).length >= places;
}

/** `coming` until it begins, `over` once it has ended. */
export function phaseOf(
  { startsAt, endsAt }: { startsAt: Date; endsAt: Date },
  now: Date,
): "coming" | "now" | "over" {
  if (now < startsAt) return "coming";
  return now < endsAt ? "now" : "over";
}

/** How long after a meeting its managers still see who came: for its minutes. */
export const NAMES_DAYS = 30;

/** Whether those who manage a meeting see the names of who is registered: to prepare it and to write its minutes. */
export function areNamesShown({ endsAt }: { endsAt: Date }, now: Date): boolean {
  return now.getTime() - endsAt.getTime() <= NAMES_DAYS * 86_400_000;
}
