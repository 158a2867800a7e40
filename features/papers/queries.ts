import "server-only";
import { attachmentsOf, publicFilesByHash } from "@/features/documents/queries";
import { keysIn, type PasskeyView } from "@/features/passkeys/queries";
import { namesOf } from "@/features/register/queries";
import { countAsOne } from "@/features/register/rules";
import { db } from "@/lib/db";
import { roleFor, type Viewer } from "@/lib/permissions";
import type { Actor } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import type { Asked, BindingName } from "@/protocol/transactions/binding";
import { paperCode } from "./paper-code";

type Place = { istatCode: string; slug: string };
type Witness = { name: string } & Pick<Actor, "person" | "organisation" | "role">;

/** A paper that waits for its second witness. */
export type PaperView = {
  id: string;
  transaction: BindingName;
  /** The pact that it is signed under. */
  pact: { slug: string; title: string };
  version?: number;
  /** Of the milestone. */
  number?: number;
  amountCents?: number;
  /** Of the report. */
  text?: string;
  /** What the form that was signed has printed on it; not where its words are gone. */
  code?: string;
  /** Evidence that is handed in with it. */
  files: readonly string[];
  party: string;
  scan: { name: string; href: string } | undefined;
  recordedBy: Witness;
  recordedOn: string;
  /** Whether the viewer may take it back. */
  mayWithdraw: boolean;
};

/** What somebody who can be a witness has to do for parties. */
export type SignatureTasks = {
  toConfirm: readonly PaperView[];
  /** Recorded by the viewer or their organisation. */
  ours: readonly PaperView[];
  keysToPropose: readonly PasskeyView[];
  keysToConfirm: readonly PasskeyView[];
  /** Keys of parties that are not withdrawn. */
  keys: readonly PasskeyView[];
  /** Pacts that a party has still to sign. */
  unsigned: readonly { slug: string; title: string }[];
};

export async function signatureTasks(
  municipality: { istatCode: string; slug: string },
  viewer: Viewer,
): Promise<SignatureTasks | undefined> {
  const { istatCode } = municipality;
  const witness = roleFor(viewer, istatCode, "papers:confirm");
  const chain = await foundedRecord(istatCode);
  if (!witness || !chain) return undefined;
  const [papers, { keys }, unsigned] = await Promise.all([
    papersIn(municipality, viewer),
    keysIn(istatCode),
    unsignedPacts(istatCode),
  ]);
  const isOthers = (first: Pick<Actor, "person" | "organisation">) =>
    first.person !== viewer.id && !countAsOne(chain, first.organisation, witness.organisation);
  const ofParties = keys.filter(({ resident, person }) => resident && person !== viewer.id);
  return {
    toConfirm: papers.filter(({ recordedBy }) => isOthers(recordedBy)),
    ours: papers.filter(({ recordedBy }) => !isOthers(recordedBy)),
    keysToPropose: ofParties.filter(({ phase }) => phase === "offered"),
    keysToConfirm: ofParties.filter(
      ({ phase, proposedBy }) => phase === "proposed" && proposedBy !== undefined && isOthers(proposedBy),
    ),
    keys: ofParties.filter(({ phase }) => phase !== "offered" && phase !== "withdrawn"),
    unsigned,
  };
}

async function papersIn(place: Place, viewer: Viewer): Promise<PaperView[]> {
  const { istatCode: municipality } = place;
  const rows = await db.chainPaper.findMany({
    where: { municipality, state: "recorded", person: { not: viewer.id } },
    orderBy: [{ recordedOn: "asc" }, { id: "asc" }],
  });
  const records = rows.map(({ record }) => record as unknown as RecordOf<"paper">);
  const nameOf = await namesOf(records.flatMap(({ person, recordedBy }) => [person, recordedBy.person]));
  const views = await Promise.all(
    records.map(async (record): Promise<PaperView | undefined> => {
      const { id, asked, person, recordedBy, recordedOn } = record;
      const [about, scans] = await Promise.all([
        aboutOf(place, asked),
        attachmentsOf(place, { type: "paper", id }, viewer),
      ]);
      const [scan] = scans;
      return (
        about && {
          ...codeOf(municipality, record, about.text),
          ...{ id, transaction: asked.transaction, recordedOn, party: nameOf(person) },
          ...{ ...about, scan: scan && { name: scan.name, href: scan.href } },
          recordedBy: { ...recordedBy, name: nameOf(recordedBy.person) },
          mayWithdraw: mayWithdraw({ ...recordedBy, municipality }, viewer),
        }
      );
    }),
  );
  return views.filter((view) => view !== undefined);
}

function codeOf(
  municipality: string,
  { person, asked }: RecordOf<"paper">,
  text: string | undefined,
): { code?: string } {
  if (asked.transaction !== "reports:submit") return { code: paperCode({ municipality, person, asked }) };
  return text === undefined ? {} : { code: paperCode({ municipality, person, asked, text }) };
}

/** Of whoever recorded it, and of who administers their organisation: the rule of `papers:withdraw`. */
function mayWithdraw(first: Actor, viewer: Viewer): boolean {
  const held = roleFor(viewer, first.municipality, "papers:withdraw");
  const administers = held?.role === "administrator" && held.organisation === first.organisation;
  return held !== undefined && (first.person === viewer.id || administers);
}

type About = Pick<PaperView, "pact" | "version" | "number" | "amountCents" | "text" | "files">;

/** What is asked for, as the tables know it; nothing where its pact has no words here. */
export async function aboutOf(place: Place, asked: Asked): Promise<About | undefined> {
  const { istatCode: municipality } = place;
  if (asked.transaction === "pacts:sign") {
    const pact = await pactWords(municipality, asked.id);
    return pact && { pact, version: asked.version, files: [] };
  }
  if (asked.transaction === "reports:submit") {
    const report = await db.chainReport.findUnique({
      where: { municipality_id: { municipality, id: asked.id } },
    });
    const pact = report && (await pactOfCommitment(municipality, report.commitment));
    const text = await db.saltedText.findFirst({ where: { municipality, digest: asked.digest } });
    return pact ? { pact, files: [], ...(text && { text: text.text }) } : undefined;
  }
  const isRequest = asked.transaction === "payments:request";
  const milestone = await db.chainMilestone.findUnique({
    where: { municipality_id: { municipality, id: isRequest ? asked.milestone : asked.id } },
  });
  const pact = milestone && (await pactOfCommitment(municipality, milestone.commitment));
  if (!pact) return undefined;
  const files = isRequest ? [] : [...(await publicFilesByHash(place, asked.evidence)).values()];
  return {
    ...{ pact, number: milestone.number, files },
    ...(isRequest && { amountCents: asked.amountCents }),
  };
}

async function pactOfCommitment(municipality: string, id: string) {
  const row = await db.chainCommitment.findUnique({ where: { municipality_id: { municipality, id } } });
  return row ? pactWords(municipality, row.pact) : undefined;
}

async function pactWords(municipality: string, id: string) {
  const row = await db.pact.findUnique({
    where: { municipality_id: { municipality, id } },
    select: { slug: true, title: true },
  });
  return row ?? undefined;
}

async function unsignedPacts(municipality: string): Promise<{ slug: string; title: string }[]> {
  const rows = await db.chainPact.findMany({
    where: { municipality, state: { in: ["noted_by_giunta", "giunta_approved"] } },
    orderBy: { id: "asc" },
  });
  const unsigned = rows.filter(({ record }) => {
    const { parties, signatures } = record as unknown as RecordOf<"pact">;
    return parties.some(
      ({ id, subject }) => subject !== undefined && !signatures.some((s) => s.party === id),
    );
  });
  return db.pact.findMany({
    where: { municipality, id: { in: unsigned.map(({ id }) => id) } },
    select: { slug: true, title: true },
    orderBy: { title: "asc" },
  });
}

/** The titles of the pacts that papers are signed under, by the paper. */
export async function pactsOfPapers(
  municipality: string,
  papers: readonly RecordOf<"paper">[],
): Promise<ReadonlyMap<string, string>> {
  const place = { istatCode: municipality, slug: "" };
  const found = await Promise.all(
    papers.map(async ({ id, asked }) => [id, (await aboutOf(place, asked))?.pact.title ?? ""] as const),
  );
  return new Map(found);
}

/** The names of the two witnesses of each paper. */
export async function witnessesOf(
  municipality: string,
  papers: readonly string[],
): Promise<ReadonlyMap<string, readonly Witness[]>> {
  if (papers.length === 0) return new Map();
  const rows = await db.chainPaper.findMany({ where: { municipality, id: { in: [...papers] } } });
  const records = rows.map(({ record }) => record as unknown as RecordOf<"paper">);
  const witnesses = ({ recordedBy, confirmedBy }: RecordOf<"paper">) => [
    recordedBy,
    ...(confirmedBy ? [confirmedBy] : []),
  ];
  const nameOf = await namesOf(records.flatMap(witnesses).map(({ person }) => person));
  return new Map(
    records.map((record) => [
      record.id,
      witnesses(record).map((witness) => ({ ...witness, name: nameOf(witness.person) })),
    ]),
  );
}

async function foundedRecord(municipality: string): Promise<RecordOf<"municipality"> | undefined> {
  const where = { municipality_id: { municipality, id: municipality } };
  const row = await db.chainMunicipality.findUnique({ where, select: { record: true } });
  const record = row?.record as RecordOf<"municipality"> | undefined;
  return record?.founding === undefined ? undefined : record;
}
