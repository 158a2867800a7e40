/** What binds a party: recorded by themselves, or by a witness who has the paper that they signed. */
import { z } from "zod";
import { chosenFile } from "@/features/documents/act-service";
import { attach, storeFile, type Uploaded } from "@/features/documents/service";
import { requireOther } from "@/features/register/service";
import { once, record } from "@/ledger/client/outbox/record";
import { type Database, db } from "@/lib/db";
import { ConflictError, NotAllowedError, NotFoundError } from "@/lib/errors";
import type { Actor } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import type { InputOf } from "@/protocol/transactions";
import { Asked, type BindingName } from "@/protocol/transactions/binding";

/** A signed paper in the hands of a witness. */
export type SignedPaper = {
  /** Who signed it. */
  party: string;
  scan: Pick<Uploaded, "id" | "hash">;
};

/** Spread into the schema of a form that a witness fills in: the scan, and what they say to have seen. */
export const paperFields = {
  scan: chosenFile,
  seen: z.stringbool({ truthy: ["on"], falsy: [], error: "confirmation_needed" }),
};

type Subject = { type: string; id: string };

/**
 * Queues what binds a party. Without a paper it is the actor's own act; with one the actor is the first witness, and it
 * counts when a second one of another organisation has confirmed it.
 * @throws NotAllowedError where the witness is the party
 */
export async function recordBinding<T extends BindingName>(
  tx: Database,
  actor: Actor,
  transaction: T,
  input: Omit<InputOf<T>, "command">,
  subject: Subject,
  command: string,
  paper?: SignedPaper,
): Promise<void> {
  if (!paper) return record(tx, actor, transaction, input, subject, command);
  if (paper.party === actor.person) throw new NotAllowedError("person_concerned");
  const { municipality, ...said } = input as Omit<InputOf<BindingName>, "command">;
  const { scan, party: person } = paper;
  await attach(tx, actor, scan.id, { type: "paper", id: command, public: false });
  const asked = Asked.parse({ transaction, ...said });
  const terms = { municipality, id: command, person, asked, scan: scan.hash };
  await record<"papers:record">(tx, actor, "papers:record", terms, subject, command);
}

/** Takes the scan of a form in. */
export async function receivePaper(witness: Actor, party: string, scan: File): Promise<SignedPaper> {
  return { party, scan: await storeFile(witness, scan, "scan") };
}

/** The second witness has compared the paper: what was signed on it is carried out. */
export async function confirmPaper(actor: Actor, id: string, command: string): Promise<void> {
  const { municipality } = actor;
  await once(command, async (tx) => {
    const { person, asked, scan, recordedBy } = await requireRecorded(tx, municipality, id);
    await requireOther(tx, actor, { person, organisation: recordedBy.organisation }, recordedBy);
    const terms = { municipality, id, person, asked, scan };
    await record(tx, actor, "papers:confirm", terms, subjectOf(asked), command);
  });
}

/** Takes back a paper that nobody has confirmed. */
export async function withdrawPaper(actor: Actor, id: string, command: string): Promise<void> {
  const { municipality } = actor;
  await once(command, async (tx) => {
    const { asked, recordedBy } = await requireRecorded(tx, municipality, id);
    const administers = actor.role === "administrator" && actor.organisation === recordedBy.organisation;
    if (actor.person !== recordedBy.person && !administers) throw new NotAllowedError("not_own");
    await record(tx, actor, "papers:withdraw", { municipality, id }, subjectOf(asked), command);
  });
}

/** Who signs for a party of a pact. @throws NotFoundError, ConflictError where nobody does */
export async function partyOfPact(municipality: string, id: string, party: string): Promise<string> {
  const row = await db.chainPact.findUnique({ where: { municipality_id: { municipality, id } } });
  const found = (row?.record as RecordOf<"pact"> | undefined)?.parties.find((one) => one.id === party);
  if (!found?.subject) throw new NotFoundError("pact_not_found");
  return representativeOf(municipality, found.subject);
}

/** Who signs for whom a milestone benefits. */
export async function partyOfMilestone(municipality: string, id: string): Promise<string> {
  const row = await db.chainMilestone.findUnique({ where: { municipality_id: { municipality, id } } });
  if (!row) throw new NotFoundError("milestone_not_found");
  return partyOfCommitment(municipality, row.commitment);
}

/** Who signs for whoever owes a report. */
export async function partyOfReport(municipality: string, id: string): Promise<string> {
  const row = await db.chainReport.findUnique({ where: { municipality_id: { municipality, id } } });
  if (!row) throw new NotFoundError("report_not_found");
  return partyOfCommitment(municipality, row.commitment);
}

async function partyOfCommitment(municipality: string, id: string): Promise<string> {
  const where = { municipality_id: { municipality, id } };
  const { beneficiary } = await db.chainCommitment.findUniqueOrThrow({ where });
  return representativeOf(municipality, beneficiary);
}

async function representativeOf(municipality: string, id: string): Promise<string> {
  const subject = await db.chainSubject.findUnique({ where: { municipality_id: { municipality, id } } });
  if (!subject?.representative) throw new ConflictError("no_representative");
  return subject.representative;
}

async function requireRecorded(tx: Database, municipality: string, id: string): Promise<RecordOf<"paper">> {
  const row = await tx.chainPaper.findUnique({ where: { municipality_id: { municipality, id } } });
  if (!row) throw new NotFoundError("paper_not_found");
  if (row.state !== "recorded") throw new ConflictError("wrong_state");
  return row.record as unknown as RecordOf<"paper">;
}

/** What pages show the step beside. */
function subjectOf(asked: Asked): Subject {
  switch (asked.transaction) {
    case "pacts:sign":
      return { type: "pact", id: asked.id };
    case "milestones:submitEvidence":
      return { type: "milestone", id: asked.id };
    case "payments:request":
      return { type: "milestone", id: asked.milestone };
    case "reports:submit":
      return { type: "report", id: asked.id };
  }
}
