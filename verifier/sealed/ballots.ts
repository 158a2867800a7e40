/** Sealed ballots as the ledger took them, one by one and in their groups. */
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import type { RecordOf } from "../../protocol/records";
import { castMessage } from "../../voting/sealed/cast";
import type { Credentials } from "../../voting/sealed/credentials";
import { isAcceptableEd25519, signedBy } from "../../voting/sealed/curve-keys";
import { machine } from "../machine/this";
import { type Context, placeOf, type RoundRecord, type Taken } from "../round/context";
import type { Register } from "../round/register";
import { isOver } from "./closing";
import { missingCredential } from "./credentials";
import type { FrozenSealed } from "./frozen";

type SealedBallot = RecordOf<"sealed_ballot">;

/** The ballot that stands of a key, so far. */
export interface Standing {
  readonly area: number;
  readonly voter: Uint8Array;
  readonly seq: number;
  readonly digest: Uint8Array;
  envelope?: Uint8Array;
}

export class SealedBallots {
  /** By area and key. */
  readonly standing = new Map<string, Standing>();
  /** Ballots by area and key that have no place in the order: nothing after them can be told. */
  recorded = 0;

  constructor(
    private readonly context: Context,
    private readonly register: Register,
  ) {}

  /** The ballots that one transaction recorded. */
  async takeGroup(
    round: RoundRecord,
    frozen: FrozenSealed,
    taken: Taken,
    ballots: readonly SealedBallot[],
  ): Promise<void> {
    const { findings } = this.context;
    const place = placeOf(taken.placed);
    if (taken.actor?.organisation !== "Garanti")
      findings.fault("writers", `${place}: ballots brought by another organisation than the opener's`);
    this.#checkGroup(round, frozen, taken, ballots);
    for (const ballot of ballots) await this.#takeBallot(frozen, ballot, place);
  }

  #checkGroup(
    round: RoundRecord,
    { sealing }: FrozenSealed,
    taken: Taken,
    ballots: readonly SealedBallot[],
  ): void {
    const { findings } = this.context;
    const place = placeOf(taken.placed);
    const areas = new Set(ballots.map(({ area }) => area));
    const keys = new Set(ballots.map(({ key }) => key));
    findings.expect("groups", areas.size <= 1, () => `${place}: ballots of ${areas.size} areas`);
    findings.expect("groups", keys.size === ballots.length, () => `${place}: two ballots of one key`);
    const isEnough = keys.size >= sealing.groupSize || isOver(this.context, this.register, round, taken);
    findings.expect(
      "groups",
      isEnough,
      () => `${place}: ${keys.size} keys before the end, where ${sealing.groupSize} are due`,
    );
  }

  async #takeBallot(frozen: FrozenSealed, ballot: SealedBallot, place: string): Promise<void> {
    const { findings, municipality, round } = this.context;
    const { area, key, seq } = ballot;
    const name = `${area} ${key}`;
    const title = () => `${place}: ballot ${seq} of key ${key.slice(0, 16)}… in area ${area}`;
    this.recorded += 1;
    if (ballot.municipality !== municipality || ballot.round !== round)
      findings.fault("records", `${title()} is of another round`);
    const fault = await faultOf(frozen, ballot);
    findings.expect("ballots", fault === null, () => `${title()}: ${fault}`);
    const last = this.standing.get(name)?.seq ?? 0;
    const inOrder = findings.expect("order", seq === last + 1, () =>
      seq <= last ? `${title()}: its place was taken` : `${title()}: the one before it is missing`,
    );
    if (!inOrder) return;
    this.standing.set(name, { area, voter: hexToBytes(key), seq, digest: hexToBytes(ballot.digest) });
  }

  /** The ballots that stand, in the order of areas and keys. */
  finalList(): Standing[] {
    return [...this.standing.values()].sort(
      (a, b) => a.area - b.area || Buffer.compare(Buffer.from(a.voter), Buffer.from(b.voter)),
    );
  }

  /** Whether something is recorded at a place, for claims. */
  *places(): Generator<Standing> {
    for (const last of this.standing.values())
      for (let seq = 1; seq <= last.seq; seq++) yield { ...last, seq };
  }
}

async function faultOf(frozen: FrozenSealed, ballot: SealedBallot): Promise<string | null> {
  const { area, key, seq } = ballot;
  const voter = hexToBytes(key);
  const issuers = frozen.issuersOf(area);
  if (!issuers) return "the round has no such area";
  if (!isAcceptableEd25519(voter)) return "its key is weak";
  const credentials = ballot.credentials.map(
    (one): Uint8Array => Uint8Array.from(Buffer.from(one, "base64")),
  ) as unknown as Credentials;
  const issuer = await missingCredential(issuers, frozen.digest, area, voter, credentials);
  if (issuer !== null) return `the credential of issuer ${issuer} does not hold for its area and key`;
  const message = castMessage(frozen, { area, voter, seq }, hexToBytes(ballot.digest));
  const isSigned = await signedBy(machine.primitives, voter, message, hexToBytes(ballot.signature));
  return isSigned ? null : "its voter has not signed it";
}

export const shortKey = (voter: Uint8Array) => `${bytesToHex(voter).slice(0, 16)}…`;
