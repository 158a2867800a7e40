/** Final envelopes made public, and trustees' keys released. */
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { addDays } from "../../../../protocol/days";
import { RuleError } from "../../../../protocol/errors";
import type { RecordOf } from "../../../../protocol/records";
import { areaPart } from "../../../../protocol/records/sealed";
import { envelopeDigest } from "../../../../voting/sealed/envelope";
import { isReleasedKey } from "../../../../voting/sealed/opening";
import { requirePaperComplete } from "../desk/totals";
import type { Handler } from "../handler";
import { requireState } from "../moves";
import { requireUnique } from "../require";
import { lastBallotOf } from "./last-ballots";
import { closedSealing } from "./listing";

type Sealing = RecordOf<"sealing">;

/** Trustees whose keys open a ballot. */
export const NEEDED_TRUSTEES = 2;

export const publish: Handler<"sealed:publish"> = async (tx, input) => {
  const { sealing, sealed } = await closedSealing(tx, input.round);
  const { envelopes } = input;
  requireUnique(
    envelopes.map(({ area, key }) => `${area} ${key}`),
    "envelopes",
  );
  for (const { area, key, seq, envelope } of envelopes) {
    if (!isOpened(sealing, area)) throw new RuleError("area_not_opened", { area });
    const last = await lastBallotOf(tx, sealing.id, sealed, area, key);
    const digest = bytesToHex(envelopeDigest(Uint8Array.from(Buffer.from(envelope, "base64"))));
    if (last?.seq !== seq || last.digest !== digest) throw new RuleError("envelope_differs", { key, seq });
    const { municipality } = tx;
    const record = { municipality, round: sealing.id, area, key, seq, envelope };
    await tx.create("sealed_envelope", [sealing.id, areaPart(area), key], record);
  }
  const published = ((await tx.getInternal("publication", sealing.id))?.published ?? 0) + envelopes.length;
  tx.putInternal("publication", [sealing.id], { published });
  return { published, expected: expectedEnvelopes(sealing) };
};

/** An envelope that nobody has brought by the end of the days for it is void by its digest. */
export const completePublication: Handler<"sealed:completePublication"> = async (tx, input) => {
  const { sealing } = await closedSealing(tx, input.round);
  const [purging, publication] = await Promise.all([
    tx.getInternal("purging", sealing.id),
    tx.getInternal("publication", sealing.id),
  ]);
  const left = purging?.left ?? 0;
  if (left > 0) throw new RuleError("purge_incomplete", { count: left });
  const published = publication?.published ?? 0;
  const missing = expectedEnvelopes(sealing) - published;
  const last = addDays(sealing.list?.on ?? tx.day, sealing.publishDays);
  if (missing > 0 && tx.day <= last) throw new RuleError("publication_incomplete", { count: missing });
  const done = { published, missing, on: tx.day };
  tx.put("sealing", [sealing.id], { ...sealing, state: "published", publication: done });
  return undefined;
};

/** A trustee of each organisation releases the key that it offered. Two open the ballots. */
export const release: Handler<"sealed:release"> = async (tx, { round: id, secret }) => {
  const [round, sealing] = await Promise.all([tx.need("round", id), tx.need("sealing", id)]);
  const { organisation, person } = tx.actor;
  if (["listed", "frozen"].includes(sealing.state)) {
    throw new RuleError("publication_incomplete", { count: expectedEnvelopes(sealing) });
  }
  requireState(tx, "sealing", sealing);
  requireState(tx, "round", round);
  const trustee = sealing.trustees.find((one) => one.organisation === organisation);
  await requirePaperComplete(tx, sealing);
  if (sealing.released.some((one) => one.organisation === organisation)) {
    throw new RuleError("already_exists", { type: "sealing", id });
  }
  const { primitives } = tx.circumstances.checks;
  if (!trustee || !(await isReleasedKey(primitives, hexToBytes(trustee.key), hexToBytes(secret)))) {
    throw new RuleError("secret_differs");
  }
  const released = [...sealing.released, { organisation, person, secret, on: tx.day }];
  const state = released.length >= NEEDED_TRUSTEES ? "released" : "published";
  tx.put("sealing", [id], { ...sealing, released, state });
  return undefined;
};

function isOpened({ list }: Sealing, area: number): boolean {
  return list?.areas.find(({ number }) => number === area)?.opened ?? false;
}

function expectedEnvelopes({ list }: Sealing): number {
  return (list?.areas ?? []).reduce((sum, { ballots, opened }) => sum + (opened ? ballots : 0), 0);
}

/** Ballots that are opened, and those of areas with too few to be. */
export function ballotsOf(sealing: Sealing): { opened: number; unopened: number } {
  const opened = expectedEnvelopes(sealing);
  return { opened, unopened: (sealing.list?.count ?? 0) - opened };
}
