/** The list of ballots that stand and their published envelopes, made again from the ballots. */
import { bytesToHex } from "@noble/hashes/utils.js";
import type { RecordOf } from "../../protocol/records";
import { MerkleTree } from "../../voting/merkle-tree";
import { LEAST_OPENED } from "../../voting/sealed/areas";
import { envelopeDigest } from "../../voting/sealed/envelope";
import { finalLeaf } from "../../voting/sealed/final-list";
import { type Context, placeOf, type SealingRecord, type Taken } from "../round/context";
import { type SealedBallots, shortKey } from "./ballots";
import type { FrozenSealed } from "./frozen";

export function checkList(
  { findings }: Context,
  frozen: FrozenSealed,
  sealing: SealingRecord,
  ballots: SealedBallots,
): void {
  const { list } = sealing;
  if (!list) return;
  const tree = new MerkleTree();
  const counts = new Map<number, number>();
  let superseded = 0;
  for (const ballot of ballots.finalList()) {
    tree.add(finalLeaf(frozen, ballot));
    counts.set(ballot.area, (counts.get(ballot.area) ?? 0) + 1);
    superseded += ballot.seq - 1;
  }
  findings.expect(
    "list",
    bytesToHex(tree.root()) === list.root,
    "its root is not that of the ballots that stand",
  );
  findings.expect(
    "list",
    tree.size === list.count,
    `it counts ${list.count} ballots where ${tree.size} stand`,
  );
  findings.expect(
    "list",
    superseded === list.superseded,
    `it counts ${list.superseded} superseded ballots where there are ${superseded}`,
  );
  const numbers = frozen.sealing.areas.map(({ number }) => number).join();
  findings.expect(
    "list",
    list.areas.map(({ number }) => number).join() === numbers,
    "an area is left out of it, or is in it twice",
  );
  for (const { number, ballots: told, opened } of list.areas) {
    const due = counts.get(number) ?? 0;
    findings.expect("list", told === due, `area ${number}: it counts ${told} ballots where ${due} stand`);
    findings.expect(
      "list",
      opened === due >= LEAST_OPENED,
      `area ${number}: ${opened ? "opened" : "not opened"} with ${due} ballots`,
    );
  }
}

export class Publication {
  #published = 0;

  constructor(private readonly context: Context) {}

  take(
    record: RecordOf<"sealed_envelope">,
    sealing: SealingRecord,
    ballots: SealedBallots,
    { placed }: Taken,
  ): void {
    const { findings } = this.context;
    const { area, key, seq } = record;
    const title = `${placeOf(placed)}: the envelope of key ${key.slice(0, 16)}… in area ${area}`;
    findings.checked("publication");
    const isOpened = sealing.list?.areas.find(({ number }) => number === area)?.opened === true;
    if (!isOpened) findings.fault("publication", `${title}: its area is not opened`);
    const ballot = ballots.standing.get(`${area} ${key}`);
    if (ballot?.seq !== seq) {
      findings.fault("publication", `${title}: ballot ${seq} does not stand`);
      return;
    }
    const envelope = Uint8Array.from(Buffer.from(record.envelope, "base64"));
    if (Buffer.compare(envelopeDigest(envelope), ballot.digest) !== 0) {
      findings.fault("publication", `${title}: it is not the one that its voter signed`);
      return;
    }
    if (ballot.envelope) findings.fault("publication", `${title}: it is published twice`);
    ballot.envelope = envelope;
    this.#published += 1;
  }

  finish(sealing: SealingRecord, ballots: SealedBallots): void {
    const { findings } = this.context;
    const { publication, list } = sealing;
    if (!publication || !list) return;
    const opened = new Set(list.areas.filter((area) => area.opened).map(({ number }) => number));
    const missing = ballots.finalList().filter(({ area, envelope }) => opened.has(area) && !envelope);
    findings.expect(
      "publication",
      publication.published === this.#published,
      `${publication.published} envelopes are told and ${this.#published} are there`,
    );
    findings.expect(
      "publication",
      publication.missing === missing.length,
      `${publication.missing} envelopes are told to be missing and ${missing.length} are`,
    );
    for (const { area, voter } of missing)
      findings.note(
        "publication",
        `area ${area}, key ${shortKey(voter)}: nobody brought its envelope; it is void`,
      );
  }
}
