/** After the closing: that the voter's own ballot stands in the final list, and what it says once it is opened. */
import type { BallotContent } from "@/voting/ballots/content";
import { leafHash, merkleRoot, rootOfSubtrees } from "@/voting/merkle-tree";
import { concat, equalBytes, uint } from "@/voting/sealed/bytes";
import { envelopeDigest, envelopeLength, type TrusteeSecret } from "@/voting/sealed/envelope";
import { isReleasedKey, openBallot } from "@/voting/sealed/opening";
import type { Holding } from "@/voting/sealed/rho-list";
import type { TrusteeNumber } from "@/voting/sealed/sharing";
import { ask } from "./asking";
import { entriesOf } from "./buckets";
import { membersOf, ofHex, toHex } from "./bytes";
import { DeviceFault } from "./faults";
import { RECORDED_ENTRY } from "./recorded";
import type { DeviceRound, Machine } from "./round";
import { secretsOf } from "./secrets";

/** Ballots in each part of the list but the last: a power of two, so that each part is a subtree. */
export const FINAL_BLOCK = 1024;

/** Area (2) ‖ voter's key (32): by what the list is in order. */
const FIRST = 34;

export type Checked =
  /** The list is not closed yet. */
  | { readonly state: "not_closed" }
  /** No ballot of this voter is in the list. */
  | { readonly state: "absent" }
  | {
      readonly state: "stands";
      readonly seq: number;
      readonly digest: string;
      /** Null until two trustees have released their keys, and where the area is not opened. */
      readonly opened: { readonly content: BallotContent } | { readonly void: string } | null;
    };

interface FinalList {
  readonly blocks: readonly { readonly first: Uint8Array; readonly root: Uint8Array }[];
  readonly secrets: readonly TrusteeSecret[];
}

/** @throws {DeviceFault} `bad_list` where parts of the list do not belong together */
export async function check(
  machine: Machine,
  round: DeviceRound,
  seed: Uint8Array,
  holding: Holding,
): Promise<Checked> {
  const { key } = await secretsOf(machine, round, seed, holding);
  const list = await readList(machine, round);
  if (!list) return { state: "not_closed" };
  const own = concat(uint(holding.area, 2), key);
  const block = list.blocks.findLastIndex(({ first }) => compare(first, own) <= 0);
  const found = block < 0 ? undefined : await findInBlock(machine, round, list, block, own);
  if (!found) return { state: "absent" };
  const { entry, index } = found;
  const seq = entry[FIRST] as number;
  const digest = entry.slice(FIRST + 1);
  const place = { area: holding.area, voter: key, seq };
  const [one, two] = list.secrets;
  let opened: (Checked & { state: "stands" })["opened"] = null;
  if (one && two) {
    const envelope = await envelopeAt(machine, round, block, index);
    if (envelope && !equalBytes(envelopeDigest(envelope), digest)) badList();
    if (envelope) {
      const ballot = await openBallot(machine.primitives, round, place, [one, two], envelope);
      opened = "void" in ballot ? ballot : { content: ballot.ballot.content };
    }
  }
  return { state: "stands", seq, digest: toHex(digest), opened };
}

async function readList(machine: Machine, round: DeviceRound): Promise<FinalList | null> {
  const members = (await ask(machine, "ledger", `${round.addresses.ledger}/final`)).members();
  if (members.closed === false) return null;
  const root = ofHex(members.root, 32);
  const { blocks: given, secrets } = members;
  if (!root || !Array.isArray(given) || !Array.isArray(secrets))
    throw new DeviceFault("bad_answer", "ledger");
  const blocks = given.map((one) => {
    const { first, root: ofBlock } = membersOf(one);
    return { first: ofHex(first, FIRST) ?? badList(), root: ofHex(ofBlock, 32) ?? badList() };
  });
  if (!equalBytes(rootOfSubtrees(blocks.map((block) => block.root)), root)) badList();
  if (blocks.some(({ first }, i) => i > 0 && compare(blocks[i - 1]?.first ?? first, first) >= 0)) badList();
  return { blocks, secrets: await readSecrets(machine, round, secrets) };
}

/** Keys that are those of the frozen trustees; another is no key. */
async function readSecrets(
  { primitives }: Machine,
  round: DeviceRound,
  given: readonly unknown[],
): Promise<TrusteeSecret[]> {
  const found = new Map<TrusteeNumber, TrusteeSecret>();
  for (const one of given.slice(0, 3)) {
    const { trustee, secret } = membersOf(one);
    const bytes = ofHex(secret, 32);
    if (!bytes || (trustee !== 1 && trustee !== 2 && trustee !== 3)) badList();
    if (!(await isReleasedKey(primitives, round.trustees[trustee - 1] as Uint8Array, bytes))) badList();
    found.set(trustee, { trustee, secret: bytes });
  }
  return [...found.values()];
}

async function findInBlock(
  machine: Machine,
  round: DeviceRound,
  { blocks }: FinalList,
  block: number,
  own: Uint8Array,
) {
  const { bytes } = await ask(machine, "ledger", `${round.addresses.ledger}/final/${block}`);
  const entries = entriesOf(bytes, RECORDED_ENTRY, "ledger");
  const isLast = block === blocks.length - 1;
  const fits = isLast ? entries.length <= FINAL_BLOCK : entries.length === FINAL_BLOCK;
  const root = merkleRoot(entries.map((entry) => leafHash(concat(round.digest, entry))));
  if (!fits || !equalBytes(root, blocks[block]?.root as Uint8Array)) badList();
  const index = entries.findIndex((entry) => equalBytes(entry.subarray(0, FIRST), own));
  const entry = entries[index];
  return entry && { entry, index };
}

async function envelopeAt(machine: Machine, round: DeviceRound, block: number, index: number) {
  const { bytes } = await ask(machine, "ledger", `${round.addresses.ledger}/final/${block}/envelopes`);
  const envelope = entriesOf(bytes, envelopeLength(round), "ledger")[index];
  // Zeros stand where the area is not opened or nobody has published the envelope.
  return envelope?.some((byte) => byte !== 0) ? envelope : null;
}

function compare(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((byte, i) => byte !== b[i]);
  return at < 0 ? 0 : (a[at] as number) - (b[at] as number);
}

function badList(): never {
  throw new DeviceFault("bad_list", "ledger");
}
