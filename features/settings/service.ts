/** Settings of a municipality: the Comune proposes them by an act, another organisation confirms the very same ones. */

import { attachAct } from "@/features/documents/act-service";
import { once, record } from "@/ledger/client/outbox/record";
import type { Database } from "@/lib/db";
import { ConflictError, InvalidInputError, NotAllowedError, NotFoundError } from "@/lib/errors";
import type { Act, Actor } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import type { Settings } from "@/protocol/records/municipality";
import { aboveCeiling, belowFloor, changedSettings } from "./rules";

/** Settings with the act that decides them, and its file where there is one. */
export type SettingsValues = { settings: Settings; act: Act; upload?: string };

/**
 * Proposes settings in the place of any that still wait. Those in force are proposed only to take a waiting proposal
 * back: with nothing that waits there is nothing they would change.
 */
export async function proposeSettings(actor: Actor, values: SettingsValues, command: string): Promise<void> {
  const { municipality, organisation } = actor;
  if (organisation !== "Comune") throw new NotAllowedError();
  const { settings, act, upload } = values;
  const about = { type: "municipality", id: municipality };
  await once(command, async (tx) => {
    const { chain } = await requireRecord(tx, municipality);
    const low = belowFloor(settings, chain.trial ?? false);
    if (low) throw new InvalidInputError({ [low.setting]: "setting_below_floor" }, "invalid_input", low);
    const high = aboveCeiling(settings, chain.trial ?? false);
    if (high) throw new InvalidInputError({ [high.setting]: "setting_above_ceiling" }, "invalid_input", high);
    const waiting = chain.proposedSettings?.settings ?? chain.settings;
    if (changedSettings(waiting, settings).length === 0) throw new ConflictError("settings_unchanged");
    const last = chain.act?.date;
    if (last !== undefined && act.date < last)
      throw new InvalidInputError({ actDate: "before_its_step" }, "before_its_step", { day: last });
    await attachAct(tx, actor, upload, about);
    await record(tx, actor, "municipality:proposeSettings", { municipality, settings, act }, about, command);
  });
}

/**
 * Confirms the proposal that the transaction wrote.
 * @throws ConflictError where another one has taken its place in the meantime
 */
export async function confirmSettings(actor: Actor, transactionId: string, command: string): Promise<void> {
  const { municipality, organisation, person } = actor;
  const about = { type: "municipality", id: municipality };
  await once(command, async (tx) => {
    const row = await requireRecord(tx, municipality);
    const proposed = row.chain.proposedSettings;
    if (!proposed || row.transactionId !== transactionId) throw new ConflictError("settings_differ");
    if (proposed.organisation === organisation) throw new NotAllowedError("same_organisation");
    if (proposed.person === person) throw new NotAllowedError("same_person");
    const input = { municipality, settings: proposed.settings };
    await record(tx, actor, "municipality:confirmSettings", input, about, command);
  });
}

async function requireRecord(
  tx: Database,
  municipality: string,
): Promise<{ chain: RecordOf<"municipality">; transactionId: string }> {
  const where = { municipality_id: { municipality, id: municipality } };
  const row = await tx.chainMunicipality.findUnique({ where });
  if (!row) throw new NotFoundError("settings_not_found");
  return { chain: row.record as unknown as RecordOf<"municipality">, transactionId: row.transactionId };
}
