import { addYears } from "../../../protocol/days";
import { RuleError } from "../../../protocol/errors";
import type { Act } from "../../../protocol/primitives";
import type { RecordOf } from "../../../protocol/records";
import { endedStates, MOST_VERSIONS } from "../../../protocol/records/pacts";
import type { InputOf } from "../../../protocol/transactions";
import type { Handler } from "./handler";
import { requireOthers, requireState } from "./moves";
import { change } from "./proposals";
import { invalid, requireOrder, requireSince, requireUnique } from "./require";
import { requireDisinterested } from "./separation";
import { requireInCoDesign, requireWithinTerm, subjectsOf, takeCommons } from "./standing";
import type { Tx } from "./tx";

type Pact = RecordOf<"pact">;
type Terms = Pick<InputOf<"pacts:draft">, "documentHash" | "parties" | "startsOn" | "endsOn">;

/** A proposal has one pact at a time: the next one renews it, or follows one that ended. */
export const draft: Handler<"pacts:draft"> = async (tx, input) => {
  const proposal = await requireInCoDesign(tx, input.proposal);
  await requireTerms(tx, input, proposal);
  await requireDisinterested(tx, proposal, ...subjectsOf(input));
  await requirePlace(tx, proposal, input.renews);
  await takeCommons(tx, proposal);
  const { command: _, ...drafted } = input;
  const pact: Pact = { ...drafted, commons: proposal.commons, state: "draft", version: 1, signatures: [] };
  await tx.create("pact", [pact.id], pact);
  await keepVersion(tx, pact);
  change(tx, proposal, { pact: pact.id });
  return undefined;
};

/** A new version, until all have signed: approvals and signatures were of the old one and go with it. */
export const revise: Handler<"pacts:revise"> = async (tx, input) => {
  const pact = await tx.need("pact", input.id);
  requireState(tx, "pact", pact);
  if (pact.version >= MOST_VERSIONS) throw new RuleError("too_many", { limit: MOST_VERSIONS });
  const proposal = await requireInCoDesign(tx, pact.proposal);
  await requireTerms(tx, input, proposal);
  await requireDisinterested(tx, proposal, ...subjectsOf(pact), ...subjectsOf(input));
  const revised: Pact = {
    ...pact,
    state: "draft",
    version: pact.version + 1,
    documentHash: input.documentHash,
    parties: input.parties,
    startsOn: input.startsOn,
    endsOn: input.endsOn,
    signatures: [],
    districtAct: undefined,
    districtBy: undefined,
    giuntaAct: undefined,
    giuntaBy: undefined,
  };
  tx.put("pact", [pact.id], revised);
  await keepVersion(tx, revised);
  return undefined;
};

export const approveDistrict: Handler<"pacts:approveDistrict"> = async (tx, input) => {
  const pact = await tx.need("pact", input.id);
  requireState(tx, "pact", pact);
  await requireApprover(tx, pact, input.act);
  tx.put("pact", [pact.id], {
    ...pact,
    state: "district_approved",
    districtAct: input.act,
    districtBy: tx.actor,
  });
  return undefined;
};

export const noteGiunta: Handler<"pacts:noteGiunta"> = async (tx, input) => {
  const pact = await tx.need("pact", input.id);
  requireState(tx, "pact", pact);
  await requireApprover(tx, pact, input.act);
  tx.put("pact", [pact.id], { ...pact, state: "noted_by_giunta", giuntaAct: input.act, giuntaBy: tx.actor });
  return undefined;
};

export const approveGiunta: Handler<"pacts:approveGiunta"> = async (tx, input) => {
  const pact = await tx.need("pact", input.id);
  requireState(tx, "pact", pact);
  await requireApprover(tx, pact, input.act);
  tx.put("pact", [pact.id], { ...pact, state: "giunta_approved", giuntaAct: input.act, giuntaBy: tx.actor });
  return undefined;
};

/** A party signs the version that stands, by the person entitled to; the last signature makes the pact *signed*. */
export const sign: Handler<"pacts:sign"> = async (tx, input) => {
  const pact = await tx.need("pact", input.id);
  requireState(tx, "pact", pact);
  if (input.version !== pact.version || input.documentHash !== pact.documentHash) {
    throw new RuleError("wrong_version", { version: pact.version });
  }
  const party = pact.parties.find(({ id }) => id === input.party);
  if (!party) throw new RuleError("not_a_party", { party: input.party });
  await requireEntitled(tx, party);
  const proposal = await tx.need("proposal", pact.proposal);
  requireState(tx, "proposal", proposal);
  requireWithinTerm(pact, tx.day);
  if (pact.signatures.some((signature) => signature.party === party.id)) {
    throw new RuleError("already_signed", { party: party.id });
  }
  requireOneSide(pact, party, tx.actor.person);
  if (party.organisation !== undefined) {
    requireOthers(tx, { pact });
    await requireDisinterested(tx, proposal, ...subjectsOf(pact));
  }
  const signature = {
    ...{ party: party.id, person: tx.actor.person, version: pact.version, on: tx.day },
    ...meansOf(tx),
  };
  const signatures = [...pact.signatures, signature];
  const state = signatures.length === pact.parties.length ? "signed" : pact.state;
  tx.put("pact", [pact.id], { ...pact, signatures, state });
  return undefined;
};

/** How whoever signs does so. */
function meansOf(tx: Tx): Pick<Pact["signatures"][number], "means" | "paper"> {
  const { paper, signedOn } = tx.circumstances;
  if (paper !== undefined) return { means: "paper", paper: paper.id };
  return signedOn === undefined ? {} : { means: "passkey" };
}

/** Last part of the key of a version: four digits, so that key order is the order of versions. */
export function versionPart(version: number): string {
  return String(version).padStart(4, "0");
}

/**
 * Whoever approves a version neither drafted it nor approved it for another body, and does so by an act of its time.
 * @throws {RuleError} `proposal_not_ready`, `same_person`, `conflict_of_interest` or `before_its_step`
 */
async function requireApprover(tx: Tx, pact: Pact, act: Act): Promise<void> {
  const [proposal, version] = await Promise.all([
    tx.need("proposal", pact.proposal),
    tx.need("pact_version", pact.id, versionPart(pact.version)),
  ]);
  requireState(tx, "proposal", proposal);
  requireWithinTerm(pact, tx.day);
  requireOthers(tx, { pact, pact_version: version });
  await requireDisinterested(tx, proposal, ...subjectsOf(pact));
  requireSince(act.date, pact.districtAct?.date ?? version.draftedOn);
}

async function keepVersion(tx: Tx, pact: Pact): Promise<void> {
  const { municipality, id, commons, version, documentHash, parties, startsOn, endsOn } = pact;
  await tx.create("pact_version", [id, versionPart(version)], {
    municipality,
    pact: id,
    commons,
    version,
    documentHash,
    parties,
    startsOn,
    endsOn,
    draftedBy: tx.actor,
    draftedOn: tx.day,
  });
}

/** @throws {RuleError} `dates_out_of_order`, `term_too_long`, `proponent_not_a_party`, or what is wrong with the parties */
async function requireTerms(
  tx: Tx,
  { parties, startsOn, endsOn }: Terms,
  proposal: RecordOf<"proposal">,
): Promise<void> {
  requireOrder(tx.day, startsOn);
  if (startsOn === endsOn) throw new RuleError("dates_out_of_order", { earlier: startsOn, later: endsOn });
  requireOrder(startsOn, endsOn);
  const { settings } = await tx.need("municipality", tx.municipality);
  if (endsOn > addYears(startsOn, settings.longestPactYears)) {
    throw new RuleError("term_too_long", { years: settings.longestPactYears });
  }
  await requireParties(tx, parties);
  const proponents = [proposal.subject, ...(proposal.beyond?.beneficiaries ?? [])];
  if (!subjectsOf({ parties }).some((subject) => proponents.includes(subject))) {
    throw new RuleError("proponent_not_a_party");
  }
}

/** A pact is between the Comune and at least one subject; a party is a subject or an organisation, each once. */
async function requireParties(tx: Tx, parties: Terms["parties"]): Promise<void> {
  requireUnique(
    parties.map(({ id }) => id),
    "parties",
  );
  parties.forEach(({ subject, organisation }, index) => {
    if ((subject === undefined) === (organisation === undefined)) invalid(`parties.${index}`);
  });
  const subjects = parties.flatMap(({ subject }) => subject ?? []);
  const organisations = parties.flatMap(({ organisation }) => organisation ?? []);
  requireUnique(subjects, "parties");
  requireUnique(organisations, "parties");
  if (subjects.length === 0 || !organisations.includes("Comune")) invalid("parties");
  await Promise.all(subjects.map((subject) => tx.need("subject", subject)));
}

/** @throws {RuleError} `already_exists` while another pact of the proposal is under way, `wrong_state` for what cannot be renewed */
async function requirePlace(
  tx: Tx,
  proposal: RecordOf<"proposal">,
  renews: string | undefined,
): Promise<void> {
  if (renews !== undefined && renews !== proposal.pact) invalid("renews");
  if (proposal.pact === undefined) return;
  const earlier = await tx.need("pact", proposal.pact);
  if (renews === undefined) {
    if (!endedStates.includes(earlier.state))
      throw new RuleError("already_exists", { type: "pact", id: earlier.id });
  } else {
    requireState(tx, "pact", earlier, "renewed");
  }
}

/** @throws {RuleError} `not_a_party` unless the submitter may sign for the party */
async function requireEntitled(tx: Tx, party: Pact["parties"][number]): Promise<void> {
  const { person, role, organisation } = tx.actor;
  const entitled =
    party.subject !== undefined
      ? role === "resident" && (await tx.need("subject", party.subject)).representative === person
      : role !== "resident" && organisation === party.organisation;
  if (!entitled) throw new RuleError("not_a_party", { party: party.id });
}

/** Nobody signs for an organisation and for another party as well. @throws {RuleError} `same_person` */
function requireOneSide(pact: Pact, party: Pact["parties"][number], person: string): void {
  const other = pact.signatures.filter((signature) => signature.person === person);
  const organisations = new Set(pact.parties.flatMap(({ id, organisation }) => (organisation ? [id] : [])));
  if (other.length > 0 && (organisations.has(party.id) || other.some((s) => organisations.has(s.party)))) {
    throw new RuleError("same_person");
  }
}
