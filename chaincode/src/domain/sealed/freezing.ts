/** What freezing a round with sealed ballots asks of its sealing, and what casts then need to know of it. */
import { instantMs, legalDay } from "../../../../protocol/days";
import { issuerKeysText, rollsText, sealingText } from "../../../../protocol/digests";
import { RuleError } from "../../../../protocol/errors";
import type { RecordOf } from "../../../../protocol/records";
import { areaPart, issuerNumberOf, NO_AREA, POSTING_ISSUER } from "../../../../protocol/records/sealed";
import type { InputOf } from "../../../../protocol/transactions";
import type { SealedPhase } from "../internal";
import { requireState } from "../moves";
import { invalid } from "../require";
import type { Tx } from "../tx";

type Sealing = RecordOf<"sealing">;
type Frozen = Pick<InputOf<"rounds:freeze">, "id" | "call" | "rollSize" | "rollRoot">;

/**
 * The sealing of a round, frozen with it.
 *
 * @throws {RuleError} `sealing_incomplete` with how many keys and numbers are missing, or `invalid_input`
 */
export async function freezeSealing(tx: Tx, given: Frozen): Promise<Sealing> {
  const sealing = await tx.need("sealing", given.id);
  requireState(tx, "sealing", sealing);
  const { sha256 } = tx.circumstances.checks;
  if (sealing.call !== given.call) invalid("call");
  if (sealing.areas.reduce((sum, { size }) => sum + size, 0) !== given.rollSize) invalid("rollSize");
  if (sha256(rollsText(sealing.areas)) !== given.rollRoot) invalid("rollRoot");
  const keys = await issuerKeys(tx, sealing);
  const missing =
    keys.filter((key) => key === undefined).length +
    (3 - sealing.ties.filter(({ reveal }) => reveal !== undefined).length) +
    (3 - Object.values(sealing.services).filter((key) => key !== undefined).length) +
    (3 - sealing.trustees.length);
  if (missing > 0) throw new RuleError("sealing_incomplete", { missing });
  const keysDigest = sha256(issuerKeysText(keys.filter((key) => key !== undefined)));
  const frozen: Sealing = { ...sealing, state: "frozen", keysDigest };
  tx.put("sealing", [sealing.id], frozen);
  return frozen;
}

/** SHA-256 of what is frozen of it, lower-case hexadecimal. */
export function sealingDigest(tx: Tx, sealing: Sealing): string {
  return tx.circumstances.checks.sha256(sealingText(sealing));
}

export function sealedPhase(sealing: Sealing, round: RecordOf<"round">): SealedPhase {
  return {
    ...{ digest: round.frozenDigest, groupSize: sealing.groupSize, type: round.ballot.type },
    graceMinutes: sealing.graceMinutes,
    areas: sealing.areas.map(({ size }) => size),
    ...endOfGrace(round.closesAt, sealing.graceMinutes),
  };
}

/** Until when ballots are recorded after a closing instant, and the legal day of that. */
export function endOfGrace(closesAt: string, minutes: number): Pick<SealedPhase, "endsAt" | "lastDay"> {
  const endsMs = instantMs(closesAt) + minutes * 60_000;
  return { endsAt: new Date(endsMs).toISOString(), lastDay: legalDay(endsMs) };
}

/** Of every issuer for every area, and the one for posting; undefined where nobody has offered it. */
function issuerKeys(tx: Tx, { id, areas }: Sealing): Promise<(RecordOf<"issuer_key"> | undefined)[]> {
  const ofAreas = Object.values(issuerNumberOf).flatMap((issuer) =>
    areas.map(({ number }) => [issuer, number] as const),
  );
  const all = [...ofAreas, [POSTING_ISSUER, NO_AREA] as const];
  return Promise.all(all.map(([issuer, area]) => tx.get("issuer_key", id, String(issuer), areaPart(area))));
}
