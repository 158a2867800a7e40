/** People who offer time and agreed to be contacted: who sees them, and what is noted of it. */
import { randomUUID } from "node:crypto";
import { db } from "@/lib/db";
import { decrypt, encrypt } from "@/lib/encryption";
import { ConflictError, NotFoundError } from "@/lib/errors";
import type { Viewer } from "@/lib/permissions";
import { mayContact } from "./queries";
import { contactPurpose } from "./rules";

export type Channel = "email" | "phone";

export type Volunteer = { name: string; channel: Channel; contact: string; agreedAt: Date };

/** As many volunteers as one page shows. */
const MOST_SHOWN = 200;

/**
 * Agrees to be contacted about a proposal, or changes by what.
 * @throws ConflictError for whoever does not offer time to it
 */
export async function agreeToContact(
  viewer: Viewer,
  municipality: string,
  consent: { proposal: string; channel: Channel; contact: string },
): Promise<void> {
  const { proposal, channel, contact } = consent;
  const offers = await db.chainAdhesion.count({
    where: { municipality, proposal, person: viewer.id, kind: "time", withdrawn: false },
  });
  if (offers === 0) throw new ConflictError("no_time_offered");
  const key = { municipality, proposal, person: viewer.id };
  const given = { channel, sealed: encrypt(contact, contactPurpose(key)), agreedAt: new Date() };
  await db.volunteerContact.upsert({
    where: { municipality_proposal_person: key },
    create: { ...key, ...given },
    update: given,
  });
}

/** Takes the agreement back: the contact is gone at once. */
export async function withdrawContact(viewer: Viewer, municipality: string, proposal: string): Promise<void> {
  await db.volunteerContact.deleteMany({ where: { municipality, proposal, person: viewer.id } });
}

/**
 * The volunteers of a proposal who agreed, for those who care for it or the houses; that they were looked at is noted
 * for each of them.
 * @throws NotFoundError for everybody else
 */
export async function lookAtVolunteers(
  viewer: Viewer,
  municipality: string,
  proposal: string,
): Promise<Volunteer[]> {
  if (!(await mayContact(municipality, viewer, proposal))) throw new NotFoundError();
  return db.$transaction(async (tx) => {
    const offering = await tx.chainAdhesion.findMany({
      where: { municipality, proposal, kind: "time", withdrawn: false },
      select: { person: true },
    });
    const agreed = await tx.volunteerContact.findMany({
      where: { municipality, proposal, person: { in: offering.map(({ person }) => person) } },
      orderBy: { agreedAt: "asc" },
      take: MOST_SHOWN,
    });
    if (agreed.length === 0) return [];
    const people = await tx.person.findMany({
      where: { id: { in: agreed.map(({ person }) => person) }, erasedAt: null },
      select: { id: true, displayName: true },
    });
    const names = new Map(people.map(({ id, displayName }) => [id, displayName ?? ""]));
    await tx.volunteerAccess.createMany({
      data: agreed.map(({ person: volunteer }) => ({
        ...{ id: randomUUID(), municipality, proposal, volunteer, person: viewer.id },
      })),
    });
    return agreed.flatMap(({ person, channel, sealed, agreedAt }): Volunteer[] => {
      const name = names.get(person);
      if (name === undefined) return [];
      const contact = decrypt(sealed, contactPurpose({ municipality, proposal, person })).toString("utf8");
      return [{ name, channel: channel as Channel, contact, agreedAt }];
    });
  });
}

/** One's own contact, for its person alone. */
export async function ownContact(
  viewer: Viewer,
  municipality: string,
  proposal: string,
): Promise<{ channel: Channel; contact: string } | undefined> {
  const key = { municipality, proposal, person: viewer.id };
  const row = await db.volunteerContact.findUnique({ where: { municipality_proposal_person: key } });
  if (!row) return undefined;
  const contact = decrypt(row.sealed, contactPurpose(key)).toString("utf8");
  return { channel: row.channel as Channel, contact };
}
