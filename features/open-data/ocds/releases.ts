/**
 * Releases of a contracting process, one for each transaction that changed what they tell. They follow from the ledger
 * and from words that do not change, so that a release is the same whenever it is asked for; new facts only add to them.
 */
import type { RecordOf } from "@/protocol/records";
import { notYetActive } from "@/protocol/records/pacts";
import { type JsonObject, mergeObjects } from "./merge";
import { Parties } from "./parties";
import type { LedgerRecord, Process, Step } from "./process";
import * as sections from "./sections";
import { endOf, euro, startOf } from "./values";

type Tag =
  | "planning"
  | "planningUpdate"
  | "tender"
  | "tenderUpdate"
  | "award"
  | "awardUpdate"
  | "awardCancellation"
  | "contract"
  | "contractUpdate"
  | "contractAmendment"
  | "contractTermination"
  | "implementation"
  | "implementationUpdate";

export type Release = JsonObject & { ocid: string; id: string; date: string; tag: string[] };

export class ReleaseWriter {
  readonly #parties: Parties;
  /** What was told last, by section and id. */
  readonly #told = new Map<string, string>();
  readonly #lines = new Map<string, RecordOf<"budget_line">>();
  readonly #proposals = new Map<string, RecordOf<"proposal">>();
  readonly #pacts = new Map<string, RecordOf<"pact">>();
  readonly #commitments = new Map<string, RecordOf<"commitment">>();
  readonly #awardedOn = new Map<string, string>();
  readonly #signedOn = new Map<string, string>();
  readonly #carriedOut = new Set<string>();
  #call: RecordOf<"call"> | undefined;
  #cup: string | undefined;
  #latest = 0;
  /** Of the step that is being told. */
  #release: JsonObject = {};
  #tags = new Set<Tag>();
  #step: Step = { transactionId: "", time: new Date(0), day: "", records: [] };

  constructor(private readonly process: Process) {
    this.#parties = new Parties(process);
  }

  /** The release of the next step in the order of the ledger, or null where it tells nothing new. */
  next(step: Step): Release | null {
    this.#step = step;
    this.#release = {};
    this.#tags = new Set();
    // What is carried over changes two commitments of a pact: their sum is told once both are known.
    for (const { type, record } of step.records)
      if (type === "commitment") this.#commitments.set(record.id, record);
    for (const entry of inOrder(step.records)) this.#tell(entry);
    this.#tellPlanning();
    if (this.#tags.size === 0) return null;
    const { ocid } = this.process;
    const buyer = this.#parties.reference(this.#parties.comune, "buyer", "procuringEntity");
    return {
      ...{ ocid, id: `${ocid}-${step.transactionId}`, date: this.#date(step), tag: [...this.#tags] },
      ...{ initiationType: "tender", language: "it", parties: this.#parties.take(), buyer },
      ...this.#release,
    };
  }

  /** Later than the release before it, and not before the chain's day. */
  #date({ time, day }: Step): string {
    this.#latest = Math.max(this.#latest + 1, time.getTime(), Date.parse(startOf(day)));
    return new Date(this.#latest).toISOString();
  }

  #tell(entry: LedgerRecord): void {
    switch (entry.type) {
      case "budget_line":
        this.#lines.set(entry.record.id, entry.record);
        break;
      case "subject":
        if (entry.record.code) this.#parties.hasCode(entry.record.id, entry.record.code);
        break;
      case "call":
        this.#tellTender(entry.record);
        break;
      case "proposal":
        this.#tellAward(entry.record);
        break;
      case "pact":
        this.#tellContract(entry.record);
        break;
      case "commitment":
        this.#tellCommitment(entry.record);
        break;
      case "milestone":
        this.#tellMilestone(entry.record.commitment, entry.record.id, () =>
          sections.milestone(entry.record, this.process.words.milestones.get(entry.record.id) ?? ""),
        );
        break;
      case "report":
        this.#tellMilestone(entry.record.commitment, entry.record.id, () =>
          sections.reportMilestone(entry.record),
        );
        break;
      case "payment":
        this.#tellPayment(entry.record);
        break;
      default:
    }
  }

  #tellPlanning(): void {
    const lines = (this.#call?.lines ?? []).flatMap((id) => this.#lines.get(id) ?? []);
    if (lines.length === 0) return;
    const planning = sections.planning(lines, this.#cup);
    const before = this.#told.has("planning");
    if (this.#isNew("planning", planning)) this.#add(before ? "planningUpdate" : "planning", { planning });
  }

  #tellTender(call: RecordOf<"call">): void {
    this.#call = call;
    const { words, proofOf } = this.process;
    const tender: JsonObject = {
      ...{ id: call.id, title: words.call.title, description: words.call.summary },
      ...{
        procurementMethod: "open",
        procurementMethodDetails: "Avviso pubblico per patti di collaborazione",
      },
      ...(words.call.whoMay && { eligibilityCriteria: words.call.whoMay }),
      tenderPeriod: { startDate: startOf(call.opensOn), endDate: endOf(call.closesOn) },
    };
    const before = this.#told.has("tender");
    if (!this.#isNew("tender", tender)) return;
    const document = sections.actDocument(call.act, "tenderNotice", proofOf(this.#step.transactionId));
    this.#add(before ? "tenderUpdate" : "tender", {
      tender: {
        ...tender,
        status: call.opensOn > this.#step.day ? "planned" : "active",
        procuringEntity: this.#parties.reference(this.#parties.comune, "procuringEntity"),
        documents: [document],
      },
    });
  }

  #tellAward(proposal: RecordOf<"proposal">): void {
    this.#proposals.set(proposal.id, proposal);
    const status = sections.awardStatus(proposal.state);
    const before = this.#told.has(`award ${proposal.id}`);
    if (status === undefined || (status === "cancelled" && !before)) return;
    if (!this.#awardedOn.has(proposal.id)) this.#awardedOn.set(proposal.id, this.#step.day);
    const award: JsonObject = {
      ...{ id: proposal.id, title: this.#titleOf("Progetto", proposal.commons), status },
      date: startOf(this.#awardedOn.get(proposal.id) ?? this.#step.day),
      value: euro(proposal.beyond?.costCents ?? proposal.costCents),
    };
    if (!this.#isNew(`award ${proposal.id}`, { award, supplier: proposal.subject })) return;
    if (this.#call && !this.#call.rolling && this.#isNew("tender over", {}))
      this.#add("tenderUpdate", { tender: { id: this.#call.id, status: "complete" } });
    const suppliers = [this.#parties.reference(proposal.subject, "supplier")];
    this.#add(status === "cancelled" ? "awardCancellation" : before ? "awardUpdate" : "award", {
      awards: [{ ...award, suppliers }],
    });
  }

  #tellContract(pact: RecordOf<"pact">): void {
    const earlier = this.#pacts.get(pact.id);
    this.#pacts.set(pact.id, pact);
    if (!this.#told.has(`award ${pact.proposal}`)) return;
    const wasInForce = earlier !== undefined && !isBeingMade(earlier);
    const status = sections.contractStatus(pact.state);
    if (pact.state === "signed" || status === "active") this.#sign(pact);
    const signed = this.#signedOn.get(pact.id);
    const contract: JsonObject = {
      ...{
        id: pact.id,
        awardID: pact.proposal,
        title: this.#titleOf("Patto di collaborazione", pact.commons),
      },
      ...{ status, period: { startDate: startOf(pact.startsOn), endDate: endOf(pact.endsOn) } },
      ...(signed && { dateSigned: startOf(signed) }),
    };
    const before = this.#told.has(`contract ${pact.id}`);
    const changedWords = earlier !== undefined && earlier.documentHash !== pact.documentHash;
    if (!this.#isNew(`contract ${pact.id}`, { contract, words: pact.documentHash })) return;
    const isOver = before && (status === "terminated" || status === "cancelled");
    const isAmended = wasInForce && changedWords;
    const proof = this.process.proofOf(this.#step.transactionId);
    const isDocumentNew = this.#isNew(`document ${pact.id}`, {
      hash: pact.documentHash,
      signed: signed ?? "",
    });
    this.#add(
      isOver
        ? "contractTermination"
        : isAmended
          ? "contractAmendment"
          : before
            ? "contractUpdate"
            : "contract",
      {
        contracts: [
          {
            ...contract,
            ...(isDocumentNew && { documents: [sections.pactDocument(pact, signed !== undefined, proof)] }),
            ...(isAmended && {
              amendments: [{ id: `${pact.id}-${pact.version}`, date: startOf(this.#step.day) }],
            }),
          },
        ],
      },
    );
  }

  /** Parties sign one after the other: the pact is signed when the last of them has. */
  #sign(pact: RecordOf<"pact">): void {
    const days = pact.signatures.filter(({ version }) => version === pact.version).map(({ on }) => on);
    this.#signedOn.set(pact.id, days.sort().at(-1) ?? this.#step.day);
  }

  #tellCommitment(commitment: RecordOf<"commitment">): void {
    this.#commitments.set(commitment.id, commitment);
    if (commitment.payeeCode) this.#parties.hasCode(commitment.payee, commitment.payeeCode);
    if (!this.#told.has(`contract ${commitment.pact}`)) return;
    this.#cup ??= commitment.cup;
    const total = [...this.#commitments.values()]
      .filter(({ pact }) => pact === commitment.pact)
      .reduce((sum, { amountCents }) => sum + amountCents, 0);
    const facts = { items: [sections.commitmentItem(commitment)], value: euro(total) };
    if (this.#isNew(`commitment ${commitment.id}`, facts))
      this.#addToContract(commitment.pact, facts, "contractUpdate");
  }

  #tellMilestone(commitment: string, id: string, tell: () => JsonObject): void {
    const pact = this.#commitments.get(commitment)?.pact;
    if (pact === undefined || !this.#told.has(`contract ${pact}`)) return;
    const milestone = tell();
    if (this.#isNew(`milestone ${id}`, milestone)) this.#carryOut(pact, { milestones: [milestone] });
  }

  /** Money that moved: paid, and what of it came back later. */
  #tellPayment(payment: RecordOf<"payment">): void {
    const pact = this.#commitments.get(payment.commitment)?.pact;
    if (pact === undefined || payment.state !== "paid" || !payment.outcome) return;
    const { comune } = this.#parties;
    const move = (id: string, on: string, cents: number, [from, to]: readonly [string, string]) => {
      const facts = { id, date: startOf(on), value: euro(cents) };
      if (!this.#isNew(`transaction ${id}`, facts)) return;
      const payer = this.#parties.reference(from, "payer");
      const payee = this.#parties.reference(to, "payee");
      const source = this.process.proofOf(this.#step.transactionId);
      this.#carryOut(pact, { transactions: [{ ...facts, source, payer, payee }] });
    };
    const reduced = payment.amountCents;
    move(payment.id, payment.outcome.on, reduced, [comune, payment.payee]);
    payment.recoveries.forEach(({ amountCents, on }, index) => {
      move(`${payment.id}-recovery-${index + 1}`, on, amountCents, [payment.payee, comune]);
    });
  }

  #carryOut(pact: string, implementation: JsonObject): void {
    const before = this.#carriedOut.has(pact) && !this.#tags.has("implementation");
    this.#carriedOut.add(pact);
    this.#addToContract(pact, { implementation }, before ? "implementationUpdate" : "implementation");
  }

  #addToContract(pact: string, facts: JsonObject, tag: Tag): void {
    const awardID = this.#pacts.get(pact)?.proposal ?? "";
    // A pact that begins in the same step is told whole already.
    const isTold = tag === "contractUpdate" && this.#tags.has("contract");
    this.#add(isTold ? undefined : tag, { contracts: [{ id: pact, awardID, ...facts }] });
  }

  #add(tag: Tag | undefined, facts: JsonObject): void {
    if (tag) this.#tags.add(tag);
    this.#release = mergeObjects(this.#release, facts);
  }

  /** Whether this was told before in other words or not at all; from now on it is told. */
  #isNew(key: string, facts: JsonObject): boolean {
    const text = JSON.stringify(facts);
    if (this.#told.get(key) === text) return false;
    this.#told.set(key, text);
    return true;
  }

  #titleOf(what: string, commons: string): string {
    const name = this.process.words.commons.get(commons);
    return name ? `${what}: ${name}` : what;
  }
}

/** What others refer to comes first, whatever the order in which a transaction wrote. */
const order = [
  "budget_line",
  "subject",
  "call",
  "proposal",
  "pact",
  "commitment",
  "milestone",
  "report",
  "payment",
];

function inOrder(records: readonly LedgerRecord[]): LedgerRecord[] {
  return records
    .filter(({ type }) => order.includes(type))
    .sort((a, b) => order.indexOf(a.type) - order.indexOf(b.type));
}

function isBeingMade({ state }: RecordOf<"pact">): boolean {
  return (notYetActive as readonly string[]).includes(state);
}
