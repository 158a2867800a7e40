import "server-only";
import { publicFilesByHash } from "@/features/documents/queries";
import { db } from "@/lib/db";
import type { Act, Organisation } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import type { Settings } from "@/protocol/records/municipality";
import { changedSettings } from "./rules";

type ActWithFile = Act & { href?: string };

export type ProposedSettings = {
  settings: Settings;
  act: ActWithFile;
  organisation: Organisation;
  person: string;
  /** Empty where nobody of that id has a name here any more. */
  name: string;
  /** The chain's day on which they were proposed. */
  on: string;
  /** The transaction that wrote the proposal. */
  transactionId: string;
};

export type SettingsView = {
  settings: Settings;
  trial: boolean;
  /** The chain's day from which they hold. */
  since: string;
  /** None where they hold since the municipality was founded. */
  act?: ActWithFile;
  proposed?: ProposedSettings;
};

/** The settings in force and those that wait for a confirmation; undefined where the ledger has none yet. */
export async function settingsOf(municipality: {
  istatCode: string;
  slug: string;
}): Promise<SettingsView | undefined> {
  const { istatCode } = municipality;
  const row = await recordRow(istatCode);
  if (!row) return undefined;
  const { chain, transactionId } = row;
  const waiting = waitingIn(chain);
  const acts = [chain.act, waiting?.act].flatMap((act) => act ?? []);
  const [since, written, files, proposer] = await Promise.all([
    db.chainTransaction.findFirst({
      where: {
        ...{ municipality: istatCode, code: 0 },
        // Before there was a register of people in office a municipality was registered, not founded.
        name: { in: ["municipality:register", "municipality:found", "municipality:confirmSettings"] },
      },
      orderBy: [{ block: "desc" }, { index: "desc" }],
      select: { day: true },
    }),
    db.chainTransaction.findFirst({ where: { id: transactionId, code: 0 }, select: { day: true } }),
    publicFilesByHash(
      municipality,
      acts.map(({ file }) => file),
    ),
    waiting && db.person.findUnique({ where: { id: waiting.person }, select: { displayName: true } }),
  ]);
  const withFile = (act: Act): ActWithFile => {
    const href = files.get(act.file);
    return { ...act, ...(href && { href }) };
  };
  return {
    ...{ settings: chain.settings, trial: chain.trial ?? false, since: since?.day ?? "" },
    ...(chain.act && { act: withFile(chain.act) }),
    ...(waiting && {
      proposed: {
        ...{ ...waiting, act: withFile(waiting.act), transactionId },
        ...{ name: proposer?.displayName ?? "", on: written?.day ?? "" },
      },
    }),
  };
}

/** Who proposed what waits to be confirmed, with the transaction that wrote it; undefined where nothing waits. */
export async function settingsProposal(
  municipality: string,
): Promise<{ organisation: Organisation; person: string; transactionId: string } | undefined> {
  const row = await recordRow(municipality);
  const waiting = row && waitingIn(row.chain);
  if (!waiting) return undefined;
  const { organisation, person } = waiting;
  return { organisation, person, transactionId: row.transactionId };
}

/** A proposal of the settings in force takes an earlier one back: it asks nobody for anything. */
function waitingIn({ settings, proposedSettings }: RecordOf<"municipality">) {
  if (!proposedSettings || changedSettings(settings, proposedSettings.settings).length === 0)
    return undefined;
  return proposedSettings;
}

async function recordRow(
  municipality: string,
): Promise<{ chain: RecordOf<"municipality">; transactionId: string } | undefined> {
  const where = { municipality_id: { municipality, id: municipality } };
  const row = await db.chainMunicipality.findUnique({ where });
  if (!row) return undefined;
  return { chain: row.record as unknown as RecordOf<"municipality">, transactionId: row.transactionId };
}
