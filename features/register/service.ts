/** Changes of the register of people in office, each signed by the one who asks for it. */
import { randomUUID } from "node:crypto";
import { attachAct } from "@/features/documents/act-service";
import { keepText } from "@/features/documents/text-service";
import { once, record } from "@/ledger/client/outbox/record";
import type { Database } from "@/lib/db";
import { ConflictError, InvalidInputError, NotAllowedError, NotFoundError } from "@/lib/errors";
import { isTrialOrigin } from "@/protocol/acts/origins";
import type { Act, Actor, Organisation } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import { countAsOne, excludedBy, type Office, officePhase, rolesOf } from "./rules";

export type OfficeProposal = {
  /** Identifier of whom it is for. */
  person: string;
  role: Office["role"];
  from: string;
  until?: string | undefined;
  district?: string | undefined;
  /** Id of the office they stand in for. */
  substituteFor?: string | undefined;
  act: Act;
  upload?: string;
};

/**
 * Proposes somebody for an office of the administrator's own organisation, or to stand in for its holder.
 * @throws InvalidInputError, ConflictError where the chaincode would refuse it, as far as that is known before signing
 */
export async function proposeOffice(actor: Actor, values: OfficeProposal, command: string): Promise<void> {
  const { municipality, organisation } = actor;
  const { person, role, from, until, district, substituteFor, act, upload } = values;
  await once(command, async (tx) => {
    const { settings, day } = await requireFounded(tx, municipality);
    if (person === actor.person) throw new NotAllowedError("person_concerned");
    if (!(rolesOf(organisation) as readonly string[]).includes(role))
      throw new NotAllowedError("role_not_yours");
    if (until !== undefined && until < from)
      throw new InvalidInputError({ until: "dates_out_of_order" }, "dates_out_of_order");
    if (until !== undefined && until < day) throw new InvalidInputError({ until: "date_past" }, "date_past");
    const official = await tx.chainOfficial.findUnique({
      where: { municipality_id: { municipality, id: person } },
    });
    if (official && official.organisation !== organisation) throw new ConflictError("other_organisation");
    const others = (await tx.chainOffice.findMany({ where: { municipality, person } })).map(officeOf);
    const excluded = excludedBy({ role, from, until }, others, settings.councillorAsOfficer === true);
    if (excluded) throw new ConflictError("incompatible_roles", { role, other: excluded });
    if (substituteFor !== undefined)
      requireSubstitute(await requireOffice(tx, municipality, substituteFor), values);
    const id = randomUUID();
    const about = { type: "office", id };
    await attachAct(tx, actor, upload, about);
    const terms = {
      ...{ id, person, organisation, role, from, act },
      ...(until !== undefined && { until }),
      ...(district !== undefined && { district }),
      ...(substituteFor !== undefined && { substituteFor }),
    };
    await record(tx, actor, "offices:propose", { municipality, ...terms }, about, command);
  });
}

/** Confirms what somebody of another organisation has proposed. */
export async function confirmOffice(actor: Actor, id: string, command: string): Promise<void> {
  const { municipality } = actor;
  await once(command, async (tx) => {
    const office = await requireOffice(tx, municipality, id);
    requireState(office, "proposed");
    await requireOther(tx, actor, office, office.proposedBy);
    await record(tx, actor, "offices:confirm", { municipality, id }, { type: "office", id }, command);
  });
}

/** Gives up one's own office, or takes back one that one's organisation has only proposed. */
export async function withdrawOffice(actor: Actor, id: string, command: string): Promise<void> {
  const { municipality } = actor;
  await once(command, async (tx) => {
    const office = await requireOffice(tx, municipality, id);
    requireState(office, "proposed", "held", "suspended");
    const proposedByUs =
      office.state === "proposed" &&
      actor.role === "administrator" &&
      actor.organisation === office.organisation;
    if (office.person !== actor.person && !proposedByUs) throw new NotAllowedError("not_own");
    await requireAnotherAdministrator(tx, office);
    await record(tx, actor, "offices:withdraw", { municipality, id }, { type: "office", id }, command);
  });
}

/** Suspends somebody of the administrator's own organisation for seven days. */
export async function suspendOffice(
  actor: Actor,
  id: string,
  reason: string,
  command: string,
): Promise<void> {
  const { municipality, person } = actor;
  await once(command, async (tx) => {
    const { day } = await requireFounded(tx, municipality);
    const office = await requireOffice(tx, municipality, id);
    if (office.organisation !== actor.organisation) throw new NotAllowedError("role_not_yours");
    if (office.person === person) throw new NotAllowedError("person_concerned");
    if (officePhase(office, day) !== "held") throw new ConflictError("wrong_state");
    await requireAnotherAdministrator(tx, office);
    const reasonDigest = await keepText(tx, { municipality, author: person, text: reason, public: false });
    const input = { municipality, id, reasonDigest };
    await record(tx, actor, "offices:suspend", input, { type: "office", id }, command);
  });
}

/** Confirms that somebody whom another organisation has suspended holds the office no longer. */
export async function confirmWithdrawal(actor: Actor, id: string, command: string): Promise<void> {
  const { municipality } = actor;
  await once(command, async (tx) => {
    const { day } = await requireFounded(tx, municipality);
    const office = await requireOffice(tx, municipality, id);
    const { suspension } = office;
    if (office.state === "suspended" && suspension && day > suspension.until)
      throw new ConflictError("suspension_over", { day: suspension.until });
    requireState(office, "suspended");
    await requireOther(tx, actor, office, suspension?.by);
    await requireAnotherAdministrator(tx, office);
    const about = { type: "office", id };
    await record(tx, actor, "offices:confirmWithdrawal", { municipality, id }, about, command);
  });
}

/** Anybody in office stops a recovery that has not taken effect, with a reason that anybody may read. */
export async function stopRecovery(actor: Actor, id: string, reason: string, command: string): Promise<void> {
  const { municipality, person } = actor;
  await once(command, async (tx) => {
    const where = { municipality_id: { municipality, id } };
    const recovery = await tx.chainRecovery.findUnique({ where });
    if (!recovery) throw new NotFoundError("recovery_not_found");
    if (recovery.state !== "proposed") throw new ConflictError("wrong_state");
    const reasonDigest = await keepText(tx, { municipality, author: person, text: reason, public: true });
    const input = { municipality, id, reasonDigest };
    await record(tx, actor, "recovery:stop", input, { type: "recovery", id }, command);
  });
}

/** An address for an organisation's people, with the act that decides it and its file. */
export type OriginProposal = { origin: string; act: Act; upload: string };
export type OriginChange = { part: Organisation; origin: string };

/** A second address on which an organisation's people sign, for somebody of another organisation to confirm. */
export async function proposeOrigin(actor: Actor, values: OriginProposal, command: string): Promise<void> {
  const { origin, act, upload } = values;
  const { municipality, organisation } = actor;
  const about = { type: "municipality", id: municipality };
  await once(command, async (tx) => {
    const { organisations, trial } = await requireFounded(tx, municipality);
    const own = organisations?.find(({ part }) => part === organisation);
    const known = own?.origin === origin || own?.newOrigin !== undefined;
    if (known || (isTrialOrigin(origin) && !trial))
      throw new InvalidInputError({ origin: "origin_not_allowed" }, "origin_not_allowed", { origin });
    await attachAct(tx, actor, upload, about);
    await record(tx, actor, "municipality:proposeOrigin", { municipality, origin, act }, about, command);
  });
}

/** From now on keys of the new address sign too. */
export async function confirmOrigin(actor: Actor, values: OriginChange, command: string): Promise<void> {
  const { part, origin } = values;
  const { municipality } = actor;
  const about = { type: "municipality", id: municipality };
  await once(command, async (tx) => {
    const { proposedOrigins = [] } = await requireFounded(tx, municipality);
    const proposed = proposedOrigins.find((one) => one.part === part && one.origin === origin);
    if (!proposed) throw new ConflictError("origin_differs");
    await requireOther(tx, actor, { person: proposed.person, organisation: part }, undefined);
    await record(tx, actor, "municipality:confirmOrigin", { municipality, part, origin }, about, command);
  });
}

/** The old address goes; the ledger asks for a key of the new one. */
export async function retireOrigin(actor: Actor, origin: string, command: string): Promise<void> {
  const { municipality, organisation } = actor;
  const about = { type: "municipality", id: municipality };
  await once(command, async (tx) => {
    const { organisations } = await requireFounded(tx, municipality);
    const own = organisations?.find(({ part }) => part === organisation);
    if (own?.newOrigin === undefined || own.origin !== origin) throw new ConflictError("origin_differs");
    await record(tx, actor, "municipality:retireOrigin", { municipality, origin }, about, command);
  });
}

/** The record of a municipality that has been founded, and the chain's day there. */
export async function requireFounded(
  tx: Database,
  municipality: string,
): Promise<RecordOf<"municipality"> & { founding: string; day: string }> {
  const [row, day] = await Promise.all([
    tx.chainMunicipality.findUnique({ where: { municipality_id: { municipality, id: municipality } } }),
    tx.chainDay.findUnique({ where: { municipality_id: { municipality, id: "day" } } }),
  ]);
  const chain = row?.record as RecordOf<"municipality"> | undefined;
  if (!chain || chain.founding === undefined || !day) throw new ConflictError("not_founded");
  return { ...chain, founding: chain.founding, day: day.day };
}

/**
 * Whoever confirms is of another organisation, is not the one concerned, and has not made the first step themselves.
 * @throws NotAllowedError
 */
export async function requireOther(
  tx: Database,
  actor: Actor,
  concerned: { person: string; organisation: Organisation },
  first: Actor | undefined,
): Promise<void> {
  if (concerned.person === actor.person) throw new NotAllowedError("person_concerned");
  const municipality = await requireFounded(tx, actor.municipality);
  if (countAsOne(municipality, concerned.organisation, actor.organisation))
    throw new NotAllowedError("same_organisation");
  if (first?.person === actor.person) throw new NotAllowedError("same_person");
}

async function requireOffice(tx: Database, municipality: string, id: string): Promise<Office> {
  const row = await tx.chainOffice.findUnique({ where: { municipality_id: { municipality, id } } });
  if (!row) throw new NotFoundError("role_not_found");
  return officeOf(row);
}

function officeOf({ record }: { record: unknown }): Office {
  return record as Office;
}

function requireState({ state }: Office, ...states: Office["state"][]): void {
  if (!states.includes(state)) throw new ConflictError("wrong_state");
}

/** A substitute has a last day, within the days of the office, and the same role and district as its holder. */
function requireSubstitute(office: Office, values: OfficeProposal): void {
  const { person, role, from, until, district } = values;
  if (office.person === person) throw new NotAllowedError("person_concerned");
  if (office.role !== role || office.district !== district)
    throw new InvalidInputError({ substituteFor: "substitute_other_office" }, "substitute_other_office");
  const within = from >= office.from && until !== undefined && until <= (office.until ?? until);
  if (!within || office.state === "ended")
    throw new InvalidInputError({ until: "substitute_dates" }, "substitute_dates");
}

/** @throws ConflictError where the office is the last of an administrator whom its organisation has */
async function requireAnotherAdministrator(tx: Database, office: Office): Promise<void> {
  if (office.role !== "administrator" || office.state === "proposed") return;
  const { municipality, organisation, person } = office;
  const [{ day }, rows] = await Promise.all([
    requireFounded(tx, municipality),
    tx.chainOffice.findMany({ where: { municipality, organisation, role: "administrator" } }),
  ]);
  const others = rows.map(officeOf).filter((other) => other.person !== person);
  if (!others.some((other) => officePhase(other, day) === "held"))
    throw new ConflictError("last_administrator", { organisation });
}
