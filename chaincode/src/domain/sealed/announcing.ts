/** What happens before a sealed round is frozen: areas are joined, and keys and numbers for the draw are gathered. */
import { hexToBytes } from "@noble/hashes/utils.js";
import { RuleError } from "../../../../protocol/errors";
import type { RecordOf } from "../../../../protocol/records";
import {
  areaPart,
  issuerNumberOf,
  NO_AREA,
  POSTING_ISSUER,
  sealedServices,
} from "../../../../protocol/records/sealed";
import { joinAreas } from "../../../../voting/sealed/areas";
import { readIssuerKey } from "../../../../voting/sealed/blind-signature";
import { isAcceptableEd25519, isAcceptableX25519 } from "../../../../voting/sealed/curve-keys";
import { SealedError } from "../../../../voting/sealed/errors";
import { isTieReveal } from "../../../../voting/sealed/tie-order";
import type { Handler } from "../handler";
import { requireState } from "../moves";
import { invalid, requireUnique } from "../require";
import type { Tx } from "../tx";

type Sealing = RecordOf<"sealing">;

/** Small areas are joined here, by the size of their rolls: later it would be too late. */
export const announce: Handler<"sealed:announce"> = async (tx, input) => {
  const { command: _, areas: districts, ...terms } = input;
  requireUnique(
    districts.map(({ id }) => id),
    "areas",
  );
  await tx.need("call", terms.call);
  if (await tx.get("round", terms.id)) throw new RuleError("already_exists", { type: "round", id: terms.id });
  const byId = new Map(districts.map((district) => [district.id, district]));
  const areas = joinAreas(districts, terms.leastPlaces).map((joined, index) => ({
    number: index + 1,
    size: joined.size,
    districts: joined.areas.flatMap((id) => byId.get(id) ?? []),
  }));
  const { organisation, person } = tx.actor;
  await tx.create("sealing", [terms.id], {
    ...terms,
    ...{ state: "gathering", areas, ties: [], services: {}, trustees: [], released: [] },
    announcedBy: { organisation, person },
    announcedOn: tx.day,
  });
  return undefined;
};

export const offerKeys: Handler<"sealed:offerKeys"> = async (tx, input) => {
  const { round, keys, posting, tieCommitment } = input;
  const sealing = await gathering(tx, round);
  const { organisation } = tx.actor;
  const issuer = issuerNumberOf[organisation];
  if (keys.length === 0 && posting === undefined && tieCommitment === undefined) invalid("keys");
  if (posting !== undefined && issuer !== POSTING_ISSUER) {
    throw new RuleError("wrong_organisation", { organisation });
  }
  requireUnique(
    keys.map(({ area }) => area),
    "keys",
  );
  if (keys.some(({ area }) => area > sealing.areas.length)) invalid("keys");
  const offered = [...keys, ...(posting === undefined ? [] : [{ area: NO_AREA, modulus: posting }])];
  for (const { area, modulus } of offered) {
    requireModulus(modulus);
    const idParts = [round, String(issuer), areaPart(area)];
    await tx.create("issuer_key", idParts, { municipality: tx.municipality, round, issuer, area, modulus });
  }
  if (tieCommitment === undefined) return undefined;
  if (sealing.ties.some((tie) => tie.issuer === issuer)) alreadyOffered(round);
  const ties = [...sealing.ties, { issuer, commitment: tieCommitment }].sort((a, b) => a.issuer - b.issuer);
  tx.put("sealing", [round], { ...sealing, ties });
  return undefined;
};

export const offerServiceKey: Handler<"sealed:offerServiceKey"> = async (tx, { round, key }) => {
  const sealing = await gathering(tx, round);
  const service = sealedServices[tx.actor.organisation];
  if (sealing.services[service] !== undefined) alreadyOffered(round);
  const isUsable = service === "opener" ? isAcceptableX25519 : isAcceptableEd25519;
  if (!isUsable(hexToBytes(key))) throw new RuleError("weak_key");
  tx.put("sealing", [round], { ...sealing, services: { ...sealing.services, [service]: key } });
  return undefined;
};

export const offerTrusteeKey: Handler<"sealed:offerTrusteeKey"> = async (tx, { round, key }) => {
  const sealing = await gathering(tx, round);
  const { organisation, person } = tx.actor;
  if (sealing.trustees.some((trustee) => trustee.organisation === organisation)) alreadyOffered(round);
  if (!isAcceptableX25519(hexToBytes(key))) throw new RuleError("weak_key");
  const trustees = [...sealing.trustees, { organisation, person, key }].sort(
    (a, b) => issuerNumberOf[a.organisation] - issuerNumberOf[b.organisation],
  );
  tx.put("sealing", [round], { ...sealing, trustees });
  return undefined;
};

/** Nobody reveals while somebody could still choose a number that suits them. */
export const revealTie: Handler<"sealed:revealTie"> = async (tx, { round, reveal }) => {
  const sealing = await gathering(tx, round);
  const issuer = issuerNumberOf[tx.actor.organisation];
  const { ties } = sealing;
  if (ties.length < 3) throw new RuleError("reveal_too_early", { missing: 3 - ties.length });
  const own = ties.find((tie) => tie.issuer === issuer);
  if (own?.reveal !== undefined) alreadyOffered(round);
  if (!own || !isTieReveal(round, issuer, hexToBytes(own.commitment), hexToBytes(reveal))) {
    throw new RuleError("draw_differs");
  }
  const revealed = ties.map((tie) => (tie.issuer === issuer ? { ...tie, reveal } : tie));
  tx.put("sealing", [round], { ...sealing, ties: revealed });
  return undefined;
};

async function gathering(tx: Tx, round: string): Promise<Sealing> {
  const sealing = await tx.need("sealing", round);
  requireState(tx, "sealing", sealing);
  return sealing;
}

function requireModulus(modulus: string): void {
  try {
    readIssuerKey(Uint8Array.from(Buffer.from(modulus, "base64")));
  } catch (error) {
    if (error instanceof SealedError) throw new RuleError("weak_key");
    throw error;
  }
}

function alreadyOffered(round: string): never {
  throw new RuleError("already_exists", { type: "sealing", id: round });
}
