import { RuleError } from "../protocol/errors";
import type { RecordOf } from "../protocol/records";
import type { InputOf } from "../protocol/transactions";
import { addYears } from "./days";
import type { Handler } from "./handler";
import { change } from "./proposals";
import { invalid, requireOrder, requireState, requireUnique } from "./require";
import type { Tx } from "./tx";

type Pact = RecordOf<"pact">;
type Terms = Pick<InputOf<"pacts:draft">, "documentHash" | "parties" | "startsOn" | "endsOn">;

/** A proposal has one pact at a time: the next one renews it, or follows one that ended. */
export const draft: Handler<"pacts:draft"> = async (tx, input) => {
  const proposal = await tx.need("proposal", input.proposal);
  requireState(proposal, "co_design", "pact_ready");
  await requireTerms(tx, input);
  await requirePlace(tx, proposal, input.renews);
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
  requireState(pact, "draft", "district_approved", "noted_by_giunta", "giunta_approved");
  await requireTerms(tx, input);
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
    giuntaAct: undefined,
  };
  tx.put("pact", [pact.id], revised);
  await keepVersion(tx, revised);
  return undefined;
};

export const approveDistrict: Handler<"pacts:approveDistrict"> = async (tx, input) => {
  const pact = await tx.need("pact", input.id);
  requireState(pact, "draft");
  tx.put("pact", [pact.id], { ...pact, state: "district_approved", districtAct: input.act });
  return undefined;
};

export const noteGiunta: Handler<"pacts:noteGiunta"> = async (tx, input) => {
  const pact = await tx.need("pact", input.id);
  requireState(pact, "district_approved");
  tx.put("pact", [pact.id], { ...pact, state: "noted_by_giunta", giuntaAct: input.act });
  return undefined;
};

export const approveGiunta: Handler<"pacts:approveGiunta"> = async (tx, input) => {
  const pact = await tx.need("pact", input.id);
  requireState(pact, "draft");
  tx.put("pact", [pact.id], { ...pact, state: "giunta_approved", giuntaAct: input.act });
  return undefined;
};

/** A party signs the version that stands, by the person entitled to; the last signature makes the pact *signed*. */
export const sign: Handler<"pacts:sign"> = async (tx, input) => {
  const pact = await tx.need("pact", input.id);
  requireState(pact, "noted_by_giunta", "giunta_approved");
  if (input.version !== pact.version || input.documentHash !== pact.documentHash) {
    throw new RuleError("wrong_version", { version: pact.version });
  }
  const party = pact.parties.find(({ id }) => id === input.party);
  if (!party) throw new RuleError("not_a_party", { party: input.party });
  await requireEntitled(tx, party);
  if (pact.signatures.some((signature) => signature.party === party.id)) {
    throw new RuleError("already_signed", { party: party.id });
  }
  requireOneSide(pact, party, tx.actor.person);
  const signature = { party: party.id, person: tx.actor.person, version: pact.version, on: tx.day };
  const signatures = [...pact.signatures, signature];
  const state = signatures.length === pact.parties.length ? "signed" : pact.state;
  tx.put("pact", [pact.id], { ...pact, signatures, state });
  return undefined;
};

/** Last part of the key of a version: four digits, so that key order is the order of versions. */
export function versionPart(version: number): string {
  return String(version).padStart(4, "0");
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

/** @throws {RuleError} `dates_out_of_order`, `term_too_long`, or what is wrong with the parties */
async function requireTerms(tx: Tx, { parties, startsOn, endsOn }: Terms): Promise<void> {
  if (startsOn === endsOn) throw new RuleError("dates_out_of_order", { earlier: startsOn, later: endsOn });
  requireOrder(startsOn, endsOn);
  const { settings } = await tx.need("municipality", tx.municipality);
  if (endsOn > addYears(startsOn, settings.longestPactYears)) {
    throw new RuleError("term_too_long", { years: settings.longestPactYears });
  }
  await requireParties(tx, parties);
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
    const ended = earlier.state === "terminated" || earlier.state === "expired";
    if (!ended) throw new RuleError("already_exists", { type: "pact", id: earlier.id });
  } else {
    requireState(earlier, "active", "expired");
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
