import "server-only";
import { budgetOf } from "@/features/funds/budget-queries";
import { mapInForce } from "@/features/maps/queries";
import { listHouses } from "@/features/municipalities/house-queries";
import { profileAuthor, profileOf } from "@/features/municipalities/profile-queries";
import { type MailMode, mailMode } from "@/features/notifications/mail-mode-rules";
import { rollSize } from "@/features/people/roll-queries";
import { namesOf, officesIn } from "@/features/register/queries";
import { peopleWhoSign } from "@/features/register/stuck-queries";
import { settingsOf } from "@/features/settings/queries";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { federation, federationState } from "@/lib/federation/settings";
import { type Organisation, organisations } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import { type Facts, missingBefore, type OrganisationState, type SignInState, type Step } from "./rules";

/** Who did a step and when, as far as it was noted. */
export type Done = { by?: string; at?: Date; on?: string };

/** What the checklist says beside whether a step is done. */
export type FirstHour = {
  facts: Facts;
  done: Partial<Record<Step, Done>>;
  /** Those who administer each organisation and can sign, by name. */
  administrators: Readonly<Record<Organisation, readonly string[]>>;
  houseNames: readonly string[];
  mailMode: MailMode;
  /** Host of the provider that is configured; empty where there is none. */
  issuer: string;
  /** Calls that are written and not published. */
  drafts: number;
  /** Settings that wait for another organisation. */
  settingsProposed: boolean;
};

/** Everything that is set up when a Comune begins, as database and ledger have it now. */
export async function firstHourOf(municipality: { istatCode: string; slug: string }): Promise<FirstHour> {
  const { istatCode } = municipality;
  const [record, { offices }, able, profile, author, emblem] = await Promise.all([
    recordOf(istatCode),
    officesIn(municipality),
    peopleWhoSign(istatCode),
    profileOf(istatCode),
    profileAuthor(istatCode),
    db.municipalityEmblem.findUnique({ where: { municipality: istatCode } }),
  ]);
  const [settings, houses, map, boundaries, budget] = await Promise.all([
    settingsOf(municipality),
    listHouses(istatCode),
    mapInForce(istatCode),
    db.boundary.findMany({ where: { municipality: istatCode, kind: "district" }, select: { code: true } }),
    budgetOf(istatCode),
  ]);
  const [roll, rollAt, published, written] = await Promise.all([
    rollSize(istatCode),
    db.rollPerson.aggregate({ where: { municipality: istatCode }, _max: { addedAt: true } }),
    db.chainCall.findMany({ where: { municipality: istatCode }, select: { id: true } }),
    db.call.findMany({ where: { municipality: istatCode }, select: { id: true } }),
  ]);
  const nameOf = await namesOf(emblem ? [emblem.changedBy] : []);
  const held = offices.filter(({ phase }) => phase === "held");
  const acting = held.filter(({ person }) => able.has(person));
  const administering = (part: Organisation, among: typeof held) =>
    among.filter(({ organisation, role }) => organisation === part && role === "administrator");
  const outlined = boundaries.map(({ code }) => code);
  const districts = [
    ...outlined,
    ...houses.flatMap(({ district }) => (district === null ? [] : String(district))),
    ...held.flatMap(({ district }) => district ?? []),
  ];
  const mode = mailMode();
  const facts: Facts = {
    trial: record?.trial ?? false,
    profile: {
      contacts: !!profile?.address && (profile.phone || profile.email || profile.pec) !== "",
      privacy: !!profile?.privacyContact,
      accessibility: !!profile?.accessibilityUrl,
    },
    emblem: emblem !== null,
    organisations: byOrganisation((part): OrganisationState => {
      if (!record?.organisations?.some((one) => one.part === part)) return "absent";
      if (administering(part, held).length === 0) return "no_administrator";
      return administering(part, acting).length === 0 ? "no_key" : "ready";
    }),
    acting: acting.map(({ role, organisation, person, district }) => ({
      ...{ role, organisation, person, ...(district !== undefined && { district }) },
    })),
    settings: settings !== undefined,
    houses: houses.length,
    districts: [...new Set(districts)].sort((a, b) => a.localeCompare(b, "it", { numeric: true })),
    outlined,
    map: map.outlines?.municipality === true || map.tiles !== undefined,
    lines: budget.lines.length,
    roll,
    signIn: signInState(istatCode),
    mail: mode !== "off",
    calls: published.length,
  };
  const known = new Set(published.map(({ id }) => id));
  return {
    facts,
    done: {
      ...(profile && { profile: { by: author, at: profile.changedAt } }),
      ...(emblem && { emblem: { by: nameOf(emblem.changedBy), at: emblem.changedAt } }),
      ...(map.tiles && { map: { by: map.tiles.by, at: map.tiles.changedAt } }),
      ...(settings?.since && { settings: { on: settings.since } }),
      ...(rollAt._max.addedAt && { roll: { at: rollAt._max.addedAt } }),
    },
    administrators: byOrganisation((part) => administering(part, acting).map(({ name }) => name)),
    houseNames: houses.map(({ name }) => name),
    mailMode: mode,
    issuer: env.OIDC_ISSUER === undefined ? "" : new URL(env.OIDC_ISSUER).host,
    drafts: written.filter(({ id }) => !known.has(id)).length,
    settingsProposed: settings?.proposed !== undefined,
  };
}

/** What is missing before a call can open, for whoever is about to publish one. */
export async function missingBeforeCall(municipality: { istatCode: string; slug: string }): Promise<Step[]> {
  return missingBefore("call", (await firstHourOf(municipality)).facts);
}

/** How people of a municipality sign in here. */
function signInState(municipality: string): SignInState {
  if (env.OIDC_ISSUER !== undefined) return "provider";
  const state = federationState();
  if (state === "off") return "trial";
  if (state === "wrong") return "wrong";
  const isMember = federation()?.settings.members.some((member) => member.municipality === municipality);
  return isMember ? "federation" : "not_member";
}

async function recordOf(municipality: string): Promise<RecordOf<"municipality"> | undefined> {
  const where = { municipality_id: { municipality, id: municipality } };
  const row = await db.chainMunicipality.findUnique({ where, select: { record: true } });
  return row?.record as unknown as RecordOf<"municipality"> | undefined;
}

function byOrganisation<T>(make: (part: Organisation) => T): Record<Organisation, T> {
  return Object.fromEntries(organisations.map((part) => [part, make(part)])) as Record<Organisation, T>;
}
