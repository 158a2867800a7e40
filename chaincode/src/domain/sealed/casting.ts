/** Sealed ballots as they come in groups, and the end of their reception. */
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";
import { instantMs } from "../../../../protocol/days";
import { type ErrorCode, RuleError } from "../../../../protocol/errors";
import { closingOf } from "../../../../protocol/records/rounds";
import {
  areaPart,
  atOnce,
  Envelope,
  issuerNumberOf,
  sealedSeqPart,
} from "../../../../protocol/records/sealed";
import type { InputOf } from "../../../../protocol/transactions";
import { ballotLayout } from "../../../../voting/sealed/ballot-layout";
import { batchFault } from "../../../../voting/sealed/batches";
import { type RsaKey, readIssuerKey } from "../../../../voting/sealed/blind-signature";
import { type CastFault, castFault } from "../../../../voting/sealed/cast";
import type { AreaIssuers } from "../../../../voting/sealed/credentials";
import { envelopeDigest } from "../../../../voting/sealed/envelope";
import type { Keeper } from "../../../../voting/sealed/receipts";
import { isReceptionEnd } from "../../../../voting/sealed/reception-end";
import type { Handler } from "../handler";
import type { Phase, SealedPhase } from "../internal";
import { requireState } from "../moves";
import { invalid } from "../require";
import { isOver, phaseOf, requireNotOver } from "../rounds";
import type { Tx } from "../tx";
import { lastBallotOf, putLastBallot } from "./last-ballots";

type Ballot = InputOf<"sealed:cast">["ballots"][number];

/** What became of one ballot of a group, in the group's order. */
export interface SealedCastResult {
  key: string;
  seq: number;
  accepted: boolean;
  code?: ErrorCode;
}

/**
 * Records a group. A bad ballot is named with its code; what is recorded before the end of the reception is still of as many
 * keys as a group has, because one that was filled up with bad ballots would hide nobody.
 */
export const cast: Handler<"sealed:cast"> = async (tx, input) => {
  const { round, area, ballots } = input;
  const envelopes = readEnvelopes(tx, ballots.length);
  const phase = await phaseOf(tx, round);
  requireState(tx, "round", { id: round, state: phase.state });
  const sealed = sealedOf(phase);
  requireNotOver(tx, { ...phase, closesAt: sealed.endsAt, lastDay: sealed.lastDay });
  if (area > sealed.areas.length) invalid("area");
  const ended = isOver(tx, phase);
  const places = ballots.map(({ key, seq }) => ({ area, voter: hexToBytes(key), seq }));
  if (batchFault(places, 1, atOnce.ballots, true)) invalid("ballots");

  const issuers = await areaIssuers(tx, round, area);
  const codes = await Promise.all(
    ballots.map(async (ballot, index) => {
      const [last, fault] = await Promise.all([
        lastBallotOf(tx, round, sealed, area, ballot.key),
        faultOf(tx, phase, sealed, issuers, area, ballot, envelopes[index] as Uint8Array),
      ]);
      return fault ?? orderFault(ballot.seq, last?.seq ?? 0);
    }),
  );
  const accepted = codes.filter((code) => code === undefined).length;
  const [firstCode] = codes;
  const [first] = ballots;
  if (accepted === 0 && firstCode && first) {
    throw new RuleError(firstCode, { key: first.key, seq: first.seq });
  }
  if (!ended && accepted < sealed.groupSize) {
    throw new RuleError("group_too_small", { keys: accepted, least: sealed.groupSize });
  }
  const results = ballots.map((ballot, index): SealedCastResult => {
    const { key, seq, digest } = ballot;
    const code = codes[index];
    if (code !== undefined) return { key, seq, accepted: false, code };
    const parts = [round, areaPart(area), key, sealedSeqPart(seq)];
    tx.put("sealed_ballot", parts, { municipality: tx.municipality, round, area, ...ballot });
    putLastBallot(tx, round, sealed, area, { key, seq, digest });
    tx.putPrivate(["envelope", ...parts], envelopes[index] as Uint8Array);
    return { key, seq, accepted: true };
  });
  return { ballots: results };
};

/** What both keepers sign that they hold, once: anybody can then compare it with what was recorded. */
export const endReception: Handler<"sealed:endReception"> = async (tx, input) => {
  const { round: id, count, order, relaySignature, copyKeeperSignature } = input;
  const [round, sealing] = await Promise.all([tx.need("round", id), tx.need("sealing", id)]);
  requireState(tx, "round", round);
  requireState(tx, "sealing", sealing);
  const instant = closingOf(round);
  if (sealing.reception) throw new RuleError("already_exists", { type: "sealing", id });
  if (tx.circumstances.now < instantMs(instant)) throw new RuleError("too_early", { instant });
  const { relay = "", copyKeeper = "" } = sealing.services;
  const held = { count, order: hexToBytes(order) };
  const isSigned = (keeper: Keeper, key: string, signature: string) =>
    isReceptionEnd(
      tx.circumstances.checks.primitives,
      keeper,
      hexToBytes(key),
      hexToBytes(round.frozenDigest),
      held,
      hexToBytes(signature),
    );
  const signed = await Promise.all([
    isSigned("relay", relay, relaySignature),
    isSigned("copy-keeper", copyKeeper, copyKeeperSignature),
  ]);
  if (signed.includes(false)) throw new RuleError("bad_signature", { id });
  const reception = { count, order, relaySignature, copyKeeperSignature };
  tx.put("sealing", [id], { ...sealing, reception });
  return undefined;
};

/** @throws {RuleError} `wrong_ballot_kind` on a round with open ballots */
export function sealedOf({ sealed, ballotKind }: Phase): SealedPhase {
  if (ballotKind !== "sealed" || !sealed) throw new RuleError("wrong_ballot_kind");
  return sealed;
}

/** Base64 of each envelope, in the order of the ballots. @throws {RuleError} `invalid_input` */
function readEnvelopes(tx: Tx, count: number): Uint8Array[] {
  const bytes = tx.circumstances.transient?.("envelopes");
  const parsed = z
    .array(Envelope)
    .length(count)
    .safeParse(bytes && fromJson(bytes));
  if (!parsed.success) invalid("envelopes");
  return parsed.data.map((envelope) => Uint8Array.from(Buffer.from(envelope, "base64")));
}

function fromJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return undefined;
  }
}

const faultCodes: Readonly<Record<CastFault, ErrorCode>> = {
  malformed: "ballot_malformed",
  weak_key: "weak_key",
  bad_credential: "bad_credential",
  bad_signature: "bad_signature",
};

async function faultOf(
  tx: Tx,
  phase: Phase,
  { digest, type }: SealedPhase,
  issuers: AreaIssuers,
  area: number,
  ballot: Ballot,
  envelope: Uint8Array,
): Promise<ErrorCode | undefined> {
  if (bytesToHex(envelopeDigest(envelope)) !== ballot.digest) return "envelope_differs";
  const { primitives, areCredentials } = tx.circumstances.checks;
  const [first, second, third] = ballot.credentials.map(
    (credential): Uint8Array => Uint8Array.from(Buffer.from(credential, "base64")),
  ) as [Uint8Array, Uint8Array, Uint8Array];
  const fault = await castFault(
    primitives,
    { digest: hexToBytes(digest), layout: ballotLayout({ type, maxChoices: phase.most }, phase.projects) },
    issuers,
    {
      ...{ area, voter: hexToBytes(ballot.key), seq: ballot.seq, envelope },
      ...{ signature: hexToBytes(ballot.signature), credentials: [first, second, third] },
    },
    areCredentials,
  );
  return fault === null ? undefined : faultCodes[fault];
}

/** Of one seq the first recorded stands, and the next is taken once the one before is there. */
function orderFault(seq: number, last: number): ErrorCode | undefined {
  if (seq <= last) return "ballot_already_cast";
  return seq === last + 1 ? undefined : "ballot_out_of_order";
}

async function areaIssuers(tx: Tx, round: string, area: number): Promise<AreaIssuers> {
  const [first, second, third] = await Promise.all(
    Object.values(issuerNumberOf).map((issuer) =>
      tx.need("issuer_key", round, String(issuer), areaPart(area)),
    ),
  );
  const read = (key: typeof first): RsaKey => issuerKeyOf(key?.modulus ?? "");
  return [read(first), read(second), read(third)];
}

/** Keys as they were read before: they depend on nothing but their modulus. */
const keptKeys = new Map<string, RsaKey>();
const MOST_KEPT = 2000;

function issuerKeyOf(modulus: string): RsaKey {
  const kept = keptKeys.get(modulus);
  if (kept) return kept;
  if (keptKeys.size >= MOST_KEPT) keptKeys.clear();
  const key = readIssuerKey(Uint8Array.from(Buffer.from(modulus, "base64")));
  keptKeys.set(modulus, key);
  return key;
}
