/** A pact from the coordinator's draft to its life: each version a PDF, each signature a transaction. */
import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { attachAct } from "@/features/documents/act-service";
import { attach, discardUpload, storeUpload } from "@/features/documents/service";
import { keepText } from "@/features/documents/text-service";
import { recordBinding, type SignedPaper } from "@/features/papers/service";
import { slugOf } from "@/features/proposals/rules";
import type { Pact, Prisma } from "@/generated/prisma/client";
import { once, record } from "@/ledger/client/outbox/record";
import { type Database, db } from "@/lib/db";
import { ConflictError, NotAllowedError, NotFoundError } from "@/lib/errors";
import type { RoleHeld } from "@/lib/permissions";
import { tidyUp } from "@/lib/tidying";
import type { Act, Actor, Role } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import { endedStates } from "@/protocol/records/pacts";
import { type InputOf, type TransactionName, transactions } from "@/protocol/transactions";
import { allows, statesFor } from "@/protocol/workflow/table";
import { type PactContent, type PartyText, requiredSections } from "./content";
import type { PactDocument } from "./pdf";
import { renderPact, unprintablePart } from "./pdf";

export type ActValue = typeof Act._output;
export type Uploaded = { id: string; hash: string };
export type PactValues = {
  title: string;
  form: RecordOf<"pact">["form"];
  content: PactContent;
  parties: PartyText[];
  startsOn: string;
  endsOn: string;
};

/** Co-design begins: a coordinator takes a funded proposal on. */
export async function startCoDesign(actor: Actor, proposal: string, command: string): Promise<void> {
  const { municipality } = actor;
  await once(command, async (tx) => {
    await proposalFor(tx, municipality, proposal, "proposals:startCoDesign");
    const subject = { type: "proposal", id: proposal };
    await record(tx, actor, "proposals:startCoDesign", { municipality, id: proposal }, subject, command);
  });
}

/** Co-design ends with a document that the pact is drafted from. */
export async function finishCoDesign(
  actor: Actor,
  proposal: string,
  document: Uploaded,
  command: string,
): Promise<void> {
  await once(command, async (tx) => {
    await attach(tx, actor, document.id, { type: "proposal", id: proposal, public: true });
    await proposalFor(tx, actor.municipality, proposal, "proposals:readyForPact");
    const input = { municipality: actor.municipality, id: proposal, documentHash: document.hash };
    await record(tx, actor, "proposals:readyForPact", input, { type: "proposal", id: proposal }, command);
  });
}

/**
 * Opens the working text of a pact; nothing of it is on the ledger yet.
 * @param renewal the pact that it takes the place of once it is active
 */
export async function startPact(
  actor: Actor,
  proposal: string,
  values: PactValues,
  renewal?: { tx: Database; id: string; renews: string },
): Promise<string> {
  const { municipality, person } = actor;
  const { tx, id, renews } = renewal ?? { tx: db, id: randomUUID() };
  const row = await proposalFor(tx, municipality, proposal, "pacts:draft");
  const slug = `${slugOf(values.title)}-${id.slice(0, 4)}`;
  await tx.pact.create({
    data: {
      ...{ ...columns(values), municipality, id, slug, proposal, commons: row.commons, createdBy: person },
      ...(renews !== undefined && { renews }),
    },
  });
  return id;
}

export async function changePact(actor: Actor, id: string, values: PactValues): Promise<void> {
  const { municipality } = actor;
  await db.$transaction(async (tx) => {
    await editablePact(tx, municipality, id);
    await tx.pact.update({ where: { municipality_id: { municipality, id } }, data: columns(values) });
  });
}

/**
 * Makes the working text a version: renders its PDF, keeps it, and queues its hash. The first version drafts the
 * pact on the ledger, later ones revise it, which sets earlier signatures aside.
 */
export async function issueVersion(
  actor: Actor,
  id: string,
  words: (pact: Pact, version: number) => PactDocument,
  command: string,
): Promise<void> {
  const { municipality, person } = actor;
  const pact = await editablePact(db, municipality, id);
  const content = pact.content as PactContent;
  const empty = requiredSections.find((section) => !content[section]?.trim());
  if (empty) throw new ConflictError("pact_incomplete", { section: empty });
  const parties = pact.parties as PartyText[];
  if (parties.length < 2) throw new ConflictError("pact_needs_parties");
  const where = { municipality_id: { municipality, id } };
  // The number that the ledger will give to it: what was prepared and not signed has none.
  const version = 1 + ((await db.chainPact.findUnique({ where }))?.version ?? 0);
  if (version === 1) await stillRenewed(db, pact);
  const document = words(pact, version);
  const stuck = await unprintablePart(document);
  if (stuck) {
    const { part, characters } = stuck;
    throw new ConflictError("characters_not_printable", {
      part,
      characters: characters.slice(0, 20).join(" "),
    });
  }
  const bytes = await renderPact(document);
  const name = `${pact.slug}-v${version}.pdf`;
  const file = await storeUpload({ municipality, person }, { name, stream: Readable.from([bytes]) });
  tidyUp(() => discardUpload({ municipality, person }, file.id));

  await once(command, async (tx) => {
    await editablePact(tx, municipality, id);
    await setUnsignedAside(tx, municipality, id);
    await attach(tx, { municipality, person }, file.id, { type: "pact", id, public: true });
    const { startsOn, endsOn } = pact;
    const serial = 1 + (await tx.pactVersion.count({ where: { municipality, pact: id } }));
    await tx.pactVersion.create({
      data: {
        ...{ municipality, pact: id, version: serial, startsOn, endsOn },
        ...{ documentHash: file.hash, attachment: file.id },
        content: content as Prisma.InputJsonObject,
        parties: parties as unknown as Prisma.InputJsonArray,
      },
    });
    const common = {
      ...{ municipality, id, documentHash: file.hash, startsOn, endsOn },
      parties: parties.map(({ id: party, subject, organisation }) => ({ id: party, subject, organisation })),
    };
    const subject = { type: "pact", id };
    const onChain = await tx.chainPact.findUnique({ where });
    if ((onChain?.version ?? 0) + 1 !== version)
      throw new ConflictError("pact_moved_on", { state: onChain?.state ?? "draft" });
    if (onChain) await record(tx, actor, "pacts:revise", common, subject, command);
    else {
      const { proposal, form } = pact;
      const renews = await stillRenewed(tx, pact);
      if (renews !== pact.renews) await tx.pact.update({ where, data: { renews } });
      const input = {
        ...{ ...common, proposal, form: form as PactValues["form"] },
        ...(renews !== null && { renews }),
      };
      await record(tx, actor, "pacts:draft", input, subject, command);
    }
  });
}

/** The pact that another one still takes the place of; null where it has ended for good meanwhile. */
async function stillRenewed(tx: Database, { municipality, renews: id }: Pact): Promise<string | null> {
  if (id === null) return null;
  const earlier = await tx.chainPact.findUnique({ where: { municipality_id: { municipality, id } } });
  if (!earlier) throw new NotFoundError("pact_not_found");
  if (statesFor("pacts:draft", "pact", "renewed").includes(earlier.state)) return id;
  if (endedStates.some((state) => state === earlier.state)) return null;
  throw new ConflictError("pact_moved_on", { state: earlier.state });
}

/** Of two documents with the same number only the later one is still to be signed. */
async function setUnsignedAside(tx: Database, municipality: string, id: string): Promise<void> {
  await tx.outboxItem.updateMany({
    where: {
      ...{ municipality, subjectType: "pact", subjectId: id, status: "to_sign" },
      transaction: { in: ["pacts:draft", "pacts:revise"] },
    },
    data: { status: "failed", errorCode: "put_aside", settledAt: new Date() },
  });
}

export type Approval = "pacts:approveDistrict" | "pacts:noteGiunta" | "pacts:approveGiunta";

export async function approvePact(
  actor: Actor,
  id: string,
  approval: { transaction: Approval; act: ActValue },
  command: string,
  upload?: string,
): Promise<void> {
  const { transaction, act } = approval;
  await onPact(actor, id, transaction, command, async (tx, base) => {
    await attachAct(tx, actor, upload, { type: "pact", id });
    return { ...base, act };
  });
}

/** Signs for one party the version the person has seen: another one in the meantime is refused. */
export async function signPact(
  actor: Actor,
  id: string,
  seen: { party: string; version: number; documentHash: string },
  command: string,
  paper?: SignedPaper,
): Promise<void> {
  const { municipality } = actor;
  await once(command, async (tx) => {
    await pactFor(tx, municipality, id, "pacts:sign");
    const input = { municipality, id, ...seen };
    await recordBinding(tx, actor, "pacts:sign", input, { type: "pact", id }, command, paper);
  });
}

export async function recordInsurance(
  actor: Actor,
  id: string,
  insurance: { document: Uploaded; validUntil: string },
  command: string,
): Promise<void> {
  await onPact(actor, id, "pacts:recordInsurance", command, async (tx, base) => {
    await attach(tx, actor, insurance.document.id, { type: "pact", id, public: false });
    return { ...base, documentHash: insurance.document.hash, validUntil: insurance.validUntil };
  });
}

export async function recordSafetyBriefing(
  actor: Actor,
  id: string,
  briefing: { document: Uploaded; heldOn: string },
  command: string,
): Promise<void> {
  await onPact(actor, id, "pacts:recordSafetyBriefing", command, async (tx, base) => {
    await attach(tx, actor, briefing.document.id, { type: "pact", id, public: false });
    return { ...base, documentHash: briefing.document.hash, heldOn: briefing.heldOn };
  });
}

export async function activatePact(actor: Actor, id: string, command: string): Promise<void> {
  await onPact(actor, id, "pacts:activate", command, async (_, base) => base);
}

export type Interruption = "pacts:suspend" | "pacts:resume" | "pacts:terminate";

/** Suspends, resumes or ends a pact, with the reason that anyone may read. */
export async function interruptPact(
  actor: Actor,
  id: string,
  interruption: { transaction: Interruption; reason: string },
  command: string,
): Promise<void> {
  const { municipality, person } = actor;
  await onPact(actor, id, interruption.transaction, command, async (tx, base) => ({
    ...base,
    reasonDigest: await keepText(tx, {
      municipality,
      author: person,
      text: interruption.reason,
      public: true,
    }),
  }));
}

/** Gives up a pact that never became active, by an act and with a reason that anyone may read. */
export async function withdrawPact(
  actor: Actor,
  id: string,
  withdrawal: { act: ActValue; reason: string },
  command: string,
  upload?: string,
): Promise<void> {
  const { municipality, person } = actor;
  await onPact(actor, id, "pacts:withdraw", command, async (tx, base) => {
    await attachAct(tx, actor, upload, { type: "pact", id });
    const text = { municipality, author: person, text: withdrawal.reason, public: true };
    return { ...base, act: withdrawal.act, reasonDigest: await keepText(tx, text) };
  });
}

/** Somebody in office leaves themselves out of what concerns a subject. */
export async function declareInterest(actor: Actor, id: string, command: string): Promise<void> {
  const { municipality } = actor;
  await once(command, async (tx) => {
    const subject = await tx.chainSubject.findUnique({ where: { municipality_id: { municipality, id } } });
    if (!subject) throw new NotFoundError("subject_not_found");
    const about = { type: "subject", id };
    await record(tx, actor, "subjects:declareInterest", { municipality, id }, about, command);
  });
}

/**
 * In which role somebody signs for a party: as the representative of its subject, or as an official of its
 * organisation.
 */
export async function signatory(
  actor: Actor,
  id: string,
  party: string,
  roles: readonly RoleHeld[],
): Promise<Actor> {
  const { municipality, person } = actor;
  const row = await db.chainPact.findUnique({ where: { municipality_id: { municipality, id } } });
  const found = (row?.record as unknown as RecordOf<"pact"> | undefined)?.parties.find(
    (one) => one.id === party,
  );
  if (!found) throw new NotFoundError("pact_not_found");
  if (found.subject) return { municipality, person, organisation: "Case", role: "resident" };
  const signing: readonly Role[] = transactions["pacts:sign"].roles;
  const held = roles.find(
    ({ municipality: where, organisation, role }) =>
      where === municipality && organisation === found.organisation && signing.includes(role),
  );
  if (!held) throw new NotAllowedError("not_a_party");
  return { municipality, person, organisation: held.organisation, role: held.role };
}

type Base = { municipality: string; id: string };

async function onPact<T extends TransactionName>(
  actor: Actor,
  id: string,
  transaction: T,
  command: string,
  build: (tx: Database, base: Base) => Promise<Omit<InputOf<T>, "command">>,
): Promise<void> {
  const { municipality } = actor;
  await once(command, async (tx) => {
    await pactFor(tx, municipality, id, transaction);
    await record(
      tx,
      actor,
      transaction,
      await build(tx, { municipality, id }),
      { type: "pact", id },
      command,
    );
  });
}

async function pactFor(tx: Database, municipality: string, id: string, step: TransactionName): Promise<void> {
  const pact = await tx.chainPact.findUnique({ where: { municipality_id: { municipality, id } } });
  if (!pact) throw new NotFoundError("pact_not_found");
  if (!allows(step, { pact: pact.state })) throw new ConflictError("pact_moved_on", { state: pact.state });
}

async function proposalFor(tx: Database, municipality: string, id: string, step: TransactionName) {
  const row = await tx.chainProposal.findUnique({ where: { municipality_id: { municipality, id } } });
  if (!row) throw new NotFoundError("proposal_not_found");
  if (!allows(step, { proposal: row.state }))
    throw new ConflictError("proposal_moved_on", { state: row.state });
  return row;
}

async function editablePact(tx: Database, municipality: string, id: string): Promise<Pact> {
  const pact = await tx.pact.findUnique({ where: { municipality_id: { municipality, id } } });
  if (!pact) throw new NotFoundError("pact_not_found");
  const onChain = await tx.chainPact.findUnique({ where: { municipality_id: { municipality, id } } });
  if (onChain && !allows("pacts:revise", { pact: onChain.state }))
    throw new ConflictError("pact_moved_on", { state: onChain.state });
  return pact;
}

function columns({ title, form, content, parties, startsOn, endsOn }: PactValues) {
  return {
    ...{ title, form, startsOn, endsOn },
    content: content as Prisma.InputJsonObject,
    parties: parties as unknown as Prisma.InputJsonArray,
  };
}
