/** What the law wants of pacts and money, read from the records alone: no rule of the chaincode is called here. */
import { expect } from "vitest";
import type { Actor } from "../../protocol/primitives";
import type { RecordOf, RecordType } from "../../protocol/records";
import { openObjectionsTo } from "../../protocol/records/money";
import type { City } from "./city";
import { torino } from "./people";
import type { Move } from "./walk-moves";

const all = <T extends RecordType>(city: City, type: T) => city.state.all<RecordOf<T>>(torino, type);
const sum = (cents: readonly number[]) => cents.reduce((total, one) => total + one, 0);
const offices = (actors: readonly (Actor | undefined)[]) =>
  new Set(actors.flatMap((actor) => (actor && actor.role !== "resident" ? actor.organisation : [])));
const distinct = (people: readonly (string | undefined)[]) => new Set(people).size === people.length;

/** Everything that holds after any transaction. */
export function checkLaw(city: City): void {
  moneyStaysWithinItsBounds(city);
  nothingIsPaidThatWasNotDecided(city);
  whoPaysIsWhoNeitherAskedNorVerified(city);
  approvalsAreOfDifferentPeople(city);
  nothingCountsTwice(city);
  datesFollowEachOther(city);
  aCommonsIsGivenOnce(city);
}

/** Paid ≤ accepted ≤ committed ≤ budget, and every sum is the sum of its parts. */
function moneyStaysWithinItsBounds(city: City): void {
  const commitments = all(city, "commitment");
  for (const line of all(city, "budget_line")) {
    const own = commitments.filter((commitment) => commitment.line === line.id);
    expect(line.committedCents).toBe(sum(own.map(({ amountCents }) => amountCents)));
    expect(line.acceptedCents).toBe(sum(own.map(({ acceptedCents }) => acceptedCents)));
    expect(line.paidCents).toBe(sum(own.map(({ paidCents }) => paidCents)));
    expect(line.paidCents).toBeLessThanOrEqual(line.acceptedCents);
    expect(line.acceptedCents).toBeLessThanOrEqual(line.committedCents);
    expect(line.committedCents).toBeLessThanOrEqual(line.budgetCents);
  }
  moneyIsCarriedWhole(city);
  for (const { id, amountCents, plannedCents, acceptedCents, paidCents } of commitments) {
    const milestones = all(city, "milestone").filter(({ commitment }) => commitment === id);
    const payments = all(city, "payment").filter(({ commitment }) => commitment === id);
    expect(acceptedCents).toBe(sum(milestones.map((milestone) => milestone.acceptedCents)));
    expect(paidCents).toBe(
      sum(
        payments.map((payment) =>
          payment.state === "paid" ? payment.amountCents - payment.recoveredCents : 0,
        ),
      ),
    );
    expect(paidCents).toBeLessThanOrEqual(acceptedCents);
    expect(acceptedCents).toBeLessThanOrEqual(plannedCents);
    expect(plannedCents).toBeLessThanOrEqual(amountCents);
  }
}

/** What leaves a line comes to one of a later year, of the same fund and kind, until it is released, and nowhere else. */
function moneyIsCarriedWhole(city: City): void {
  const commitments = all(city, "commitment");
  const carries = commitments.flatMap((from) => from.carries.map((carry) => ({ ...carry, from })));
  for (const line of all(city, "budget_line")) {
    const out = carries.filter(({ from }) => from.line === line.id);
    const into = carries.filter((carry) => carry.line === line.id);
    const released = commitments
      .filter(({ line: of, carriedFrom }) => carriedFrom && of === line.id)
      .flatMap(({ releases }) => releases);
    expect(line.carriedOutCents).toBe(sum(out.map(({ amountCents }) => amountCents)));
    expect(line.carriedInCents + sum(released.map(({ amountCents }) => amountCents))).toBe(
      sum(into.map(({ amountCents }) => amountCents)),
    );
  }
  for (const { from, line, commitment, on, act } of carries) {
    const [before, after] = [city.record("budget_line", from.line), city.record("budget_line", line)];
    expect([after.fund, after.kind]).toEqual([before.fund, before.kind]);
    expect(after.year).toBeGreaterThan(before.year);
    expect(on.slice(0, 4)).toBe(String(after.year));
    expect(Number(act.date.slice(0, 4))).toBeGreaterThan(before.year);
    expect(city.record("commitment", commitment).carriedFrom).toMatchObject({ commitment: from.id });
  }
}

/** A commitment and those of earlier years that it was carried over from. */
function withEarlier(city: City, commitment: RecordOf<"commitment">): string[] {
  const { id, carriedFrom } = commitment;
  if (!carriedFrom) return [id];
  return [id, ...withEarlier(city, city.record("commitment", carriedFrom.commitment))];
}

/** Committed within what was voted or an act allows, under a pact that was approved and signed by all; paid by an order. */
function nothingIsPaidThatWasNotDecided(city: City): void {
  for (const proposal of all(city, "proposal")) {
    const own = all(city, "commitment").filter((commitment) => commitment.proposal === proposal.id);
    const voted = proposal.beyond?.costCents ?? proposal.costCents;
    // An act that allows less than the one before takes nothing back of what was committed by then.
    if (!proposal.beyond) expect(sum(own.map(({ amountCents }) => amountCents))).toBeLessThanOrEqual(voted);
  }
  for (const commitment of all(city, "commitment")) {
    const pact = city.record("pact", commitment.pact);
    expect(pact.giuntaAct).toBeDefined();
    expect(pact.signatures.map(({ party }) => party).sort()).toEqual(pact.parties.map(({ id }) => id).sort());
  }
  for (const payment of all(city, "payment")) {
    const milestone = city.record("milestone", payment.milestone);
    expect(["accepted", "partially_accepted"]).toContain(milestone.state);
    if (payment.state !== "paid" && payment.state !== "returned") continue;
    expect(payment.liquidationAct).toBeDefined();
    expect(payment.orderNumber).toBeDefined();
    expect(payment.outcome).toBeDefined();
  }
}

/** Rule 5: three different persons, of at least two organisations that acted through people in office. */
function whoPaysIsWhoNeitherAskedNorVerified(city: City): void {
  for (const milestone of all(city, "milestone")) {
    const { submittedBy, verifiedBy, countersigned, acceptedBy } = milestone;
    if (!acceptedBy) continue;
    const people = [submittedBy, verifiedBy, acceptedBy, ...(countersigned ? [countersigned.by] : [])];
    expect(distinct(people.map((actor) => actor?.person))).toBe(true);
    expect(offices([verifiedBy, countersigned?.by, acceptedBy]).size).toBeGreaterThanOrEqual(2);
  }
  for (const payment of all(city, "payment")) {
    const { submittedBy, verifiedBy, acceptedBy } = city.record("milestone", payment.milestone);
    const before = [payment.requestedBy, submittedBy, verifiedBy].map((actor) => actor?.person);
    const { checkedBy, liquidatedBy, orderedBy, outcome } = payment;
    for (const payer of [checkedBy, liquidatedBy, orderedBy])
      if (payer) expect(before).not.toContain(payer.person);
    if (!outcome) continue;
    const earlier = [
      ...before,
      ...[checkedBy, liquidatedBy, orderedBy, acceptedBy].map((actor) => actor?.person),
    ];
    expect(earlier).not.toContain(outcome.recordedBy.person);
    expect(outcome.recordedBy.role).toBe("treasurer");
  }
}

/** Whoever drafts does not approve, whoever approves for the district not for the Giunta, nor signs for an organisation. */
function approvalsAreOfDifferentPeople(city: City): void {
  for (const pact of all(city, "pact")) {
    const version = city.record("pact_version", pact.id, String(pact.version).padStart(4, "0"));
    const approvers = [pact.districtBy, pact.giuntaBy].flatMap((actor) => actor?.person ?? []);
    expect(distinct([version.draftedBy.person, ...approvers])).toBe(true);
    const organisations = new Set(pact.parties.flatMap(({ id, organisation }) => (organisation ? id : [])));
    for (const { party, person } of pact.signatures)
      if (organisations.has(party)) expect(approvers).not.toContain(person);
  }
}

/** One piece of evidence proves one milestone, one order and one receipt one payment. */
function nothingCountsTwice(city: City): void {
  const alive = all(city, "milestone").filter(({ state }) => state !== "rejected" && state !== "cancelled");
  const given = alive.filter(({ state }) => state !== "planned").flatMap(({ evidence }) => evidence);
  expect(distinct(given)).toBe(true);
  const payments = all(city, "payment");
  const orders = payments.flatMap(({ orderNumber, orderedOn = "" }) =>
    orderNumber ? mandate(orderNumber, orderedOn.slice(0, 4)) : [],
  );
  expect(distinct(orders)).toBe(true);
  const movements = payments.flatMap(({ outcome, recoveries }) => [
    ...(outcome ? [outcome] : []),
    ...recoveries,
  ]);
  expect(distinct(movements.map(({ reference }) => reference))).toBe(true);
  expect(distinct(movements.map(({ documentHash }) => documentHash))).toBe(true);
}

/** Year and number of an order, which a walk writes in several ways. */
function mandate(orderNumber: string, orderedIn: string): string {
  const digits = orderNumber.match(/\d+/g) ?? [];
  const year = digits.find((each) => /^20\d\d$/.test(each));
  const [number, ...more] = digits.filter((each) => each !== year);
  if (number === undefined || more.length > 0) return `${orderedIn} ${orderNumber}`;
  return `${year ?? orderedIn} ${Number(number)}`;
}

/** No act is older than what it decides about, and nothing is of a day that has not come. */
function datesFollowEachOther(city: City): void {
  const today = city.record("day", "day").day;
  const inOrder = (...days: (string | undefined)[]) => {
    const known = days.filter((day) => day !== undefined);
    expect(known).toEqual([...known].sort());
  };
  for (const pact of all(city, "pact")) inOrder(pact.districtAct?.date, pact.giuntaAct?.date, today);
  for (const commitment of all(city, "commitment")) {
    const signed = city.record("pact", commitment.pact).signatures.map(({ on }) => on);
    for (const day of signed) inOrder(day, commitment.act.date, commitment.committedOn, today);
  }
  for (const { requestedOn, liquidationAct, orderedOn, outcome } of all(city, "payment"))
    inOrder(requestedOn, liquidationAct?.date, orderedOn, outcome?.on, today);
}

/** Two rivals for one commons are never both funded, nor two pacts of one proposal in force. */
function aCommonsIsGivenOnce(city: City): void {
  const ended = ["expired", "renewed", "terminated", "withdrawn"];
  const holders = all(city, "proposal").filter(({ state, pact }) => {
    if (!["funded", "co_design", "pact_ready"].includes(state)) return false;
    if (pact === undefined) return true;
    const { state: of, endsOn } = city.record("pact", pact);
    return !ended.includes(of) && endsOn >= city.record("day", "day").day;
  });
  expect(distinct(holders.map(({ commons }) => commons))).toBe(true);
  const active = all(city, "pact").filter(({ state }) => state === "active" || state === "suspended");
  expect(distinct(active.map(({ proposal }) => proposal))).toBe(true);
}

/** What has to hold of the transaction that was just committed, on the state it met. */
export function checkStep(before: City, { actor, name, input }: Move): void {
  nobodyActsOnTheirOwn(before, actor, name, input as Record<string, string>);
  noDeadlinePassesSilently(before, name, input as Record<string, string>);
}

/** Nobody in office takes a step on the pact or the money of those they represent or belong to. */
function nobodyActsOnTheirOwn(city: City, actor: Actor, name: string, input: Record<string, string>): void {
  if (actor.role === "resident" || actor.role === "service") return;
  // That a term is over is a fact, which nobody decides.
  if (name === "pacts:expire") return;
  const subjects = concerned(city, name, input);
  for (const subject of all(city, "subject").filter(({ id }) => subjects.has(id))) {
    const people = [
      subject.representative,
      ...(subject.formerRepresentatives ?? []),
      ...(subject.interested ?? []),
    ];
    expect(people, `${name} by ${actor.person}`).not.toContain(actor.person);
  }
}

/** The subjects whose pact or money a transaction is about. */
function concerned(city: City, name: string, input: Record<string, string>): Set<string> {
  const contract = name.split(":")[0];
  const pactId =
    contract === "pacts"
      ? input.id
      : name === "funds:commit"
        ? input.pact
        : commitmentOf(city, name, input)?.pact;
  const pact = pactId === undefined ? undefined : city.state.get<RecordOf<"pact">>([torino, "pact", pactId]);
  const commitment = commitmentOf(city, name, input);
  const proposalId = pact?.proposal ?? (contract === "pacts" ? input.proposal : undefined);
  const proposal =
    proposalId === undefined
      ? undefined
      : city.state.get<RecordOf<"proposal">>([torino, "proposal", proposalId]);
  const ids = [
    ...(pact?.parties ?? []).map(({ subject }) => subject),
    ...[proposal?.subject, commitment?.payee, commitment?.beneficiary],
    ...(name === "funds:commit" ? [input.payee, input.beneficiary] : []),
  ];
  return new Set(ids.flatMap((id) => id ?? []));
}

function commitmentOf(
  city: City,
  name: string,
  input: Record<string, string>,
): RecordOf<"commitment"> | undefined {
  const contract = name.split(":")[0];
  const read = <T extends RecordType>(type: T, id: string | undefined) =>
    id === undefined ? undefined : city.state.get<RecordOf<T>>([torino, type, id]);
  if (contract === "milestones") return read("commitment", read("milestone", input.id)?.commitment);
  if (contract === "payments") return read("commitment", read("payment", input.id)?.commitment);
  return contract === "funds" ? read("commitment", input.commitment) : undefined;
}

const drawing = [
  ...["milestones:submitEvidence", "milestones:verify", "milestones:accept", "payments:request"],
  ...["payments:check", "payments:liquidate", "payments:order"],
];

/** Terms of pact, insurance, challenge and reports bind on their day, also while nobody says that they are over. */
function noDeadlinePassesSilently(city: City, name: string, input: Record<string, string>): void {
  if (!drawing.includes(name)) return;
  const { day } = city.record("day", "day");
  const milestoneId = name === "payments:request" ? input.milestone : input.id;
  const commitment =
    name === "payments:request"
      ? city.record("commitment", city.record("milestone", milestoneId ?? "").commitment)
      : commitmentOf(city, name, input);
  if (!commitment) throw new Error(`${name} is about no commitment`);
  const pact = city.record("pact", commitment.pact);
  if (!commitment.settlement) {
    expect(pact.state).toBe("active");
    expect(day <= pact.endsOn).toBe(true);
    expect(day <= (pact.insurance?.validUntil ?? "")).toBe(true);
    expect(pact.safetyBriefing).toBeDefined();
  }
  if (name === "milestones:accept") {
    const { acceptableFrom, submittedOn, line } = city.record("milestone", milestoneId ?? "");
    expect(Number(submittedOn?.slice(0, 4))).toBeLessThanOrEqual(city.record("budget_line", line).year);
    expect(day >= (acceptableFrom ?? "9999")).toBe(true);
    expect(openObjectionsTo(city.record("milestone", milestoneId ?? ""))).toEqual([]);
  }
  if (["milestones:accept", "payments:liquidate", "payments:order"].includes(name))
    expect(city.record("budget_line", commitment.line).year).toBeLessThanOrEqual(Number(day.slice(0, 4)));
  if (name.startsWith("payments:")) {
    const ids = withEarlier(city, commitment);
    const reports = all(city, "report").filter((report) => ids.includes(report.commitment));
    expect(reports.filter(({ submittedOn, dueOn }) => !submittedOn && dueOn < day)).toEqual([]);
  }
  if (name === "payments:order") grantsAreSeenBeforeTheyArePaid(city, commitment);
}

/** A body's grants of a year that pass the threshold together are each published before they are paid. */
function grantsAreSeenBeforeTheyArePaid(city: City, commitment: RecordOf<"commitment">): void {
  const body = (id: string) => {
    const { code, kind } = city.record("subject", id);
    return { key: code ?? id, kind };
  };
  const { key, kind } = body(commitment.payee);
  if (kind === "company" || commitment.publication) return;
  const year = commitment.committedOn.slice(0, 4);
  const granted = all(city, "commitment").filter(
    ({ payee, committedOn }) => body(payee).key === key && committedOn.startsWith(year),
  );
  expect(sum(granted.map(({ amountCents }) => amountCents))).toBeLessThanOrEqual(
    commitment.publishAboveCents ?? 0,
  );
}
