/** Bundles on which all verifiers must agree: rounds that hold, and each kind of tampering as a file of its own. */
import { torino } from "@/chaincode/testing/people";
import { bundleFrames, frameKinds, MAGIC } from "@/ledger/evidence/bundle";
import type { BlockFrame, Evidence } from "@/verifier/chain/frames";
import { makeChain } from "./chain-maker";
import { craftedStory } from "./crafted-round";
import { openStory } from "./open-round";
import type { MadeOrganisations } from "./organisations";
import { prolongedStory, prolongingTamperings } from "./prolonged-round";
import { id, sealedStory } from "./sealed-round";
import { Story } from "./story";
import { ballotTamperings } from "./tampered-ballots";
import { chainTamperings } from "./tampered-chains";
import { openTamperings } from "./tampered-open-rounds";
import { roundTamperings } from "./tampered-rounds";

export interface AgreedBundle {
  readonly name: string;
  make(): Promise<Uint8Array>;
}

export function agreedBundles(organisations: MadeOrganisations): AgreedBundle[] {
  const whole = async (transactions: Story["transactions"]) =>
    bundleOf(await makeChain(organisations, transactions));
  const changed = (
    kind: string,
    story: () => Promise<Story>,
    tamperings: readonly (readonly [string, unknown, (story: Story) => unknown])[],
  ): AgreedBundle[] =>
    tamperings.map(([name, , change]) => ({
      name: `${kind}: ${name}`,
      make: async () => {
        const made = await story();
        await change(made);
        return whole(made.transactions);
      },
    }));
  return [
    { name: "a sealed round that holds", make: async () => whole(await sealedStory()) },
    { name: "an open round that holds", make: async () => whole(await openStory()) },
    {
      name: "devices that do not keep to the protocol",
      make: async () => whole((await craftedStory()).transactions),
    },
    ...changed("ballots", () => Story.sealed(), ballotTamperings),
    ...changed("round", () => Story.sealed(), roundTamperings),
    { name: "a closing that is put off", make: async () => whole((await prolongedStory()).transactions) },
    ...changed("closing", prolongedStory, prolongingTamperings),
    ...changed("open", async () => new Story(await openStory()), openTamperings),
    ...chainTamperings.map(([name, , make]) => ({
      name: `chain: ${name}`,
      make: async () => fileOf(await make(organisations)),
    })),
  ];
}

async function bundleOf(blocks: readonly Uint8Array[]): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of bundleFrames(blocks, { municipality: torino, round: id })) parts.push(part);
  return Buffer.concat(parts);
}

/** The frames of evidence as a file, with the end that the evidence names, or none where it was cut. */
async function fileOf(evidence: Evidence): Promise<Uint8Array> {
  const frames: BlockFrame[] = [];
  for await (const one of evidence.frames) frames.push(one);
  const head = Buffer.from(JSON.stringify(evidence.of() ?? { municipality: torino, round: id }));
  const end = evidence.end();
  const parts = [Buffer.from(MAGIC), frame(frameKinds.head, head)];
  for (const { bytes, whole } of frames)
    parts.push(frame(whole ? frameKinds.block : frameKinds.header, bytes));
  if (end && evidence.cut() === undefined) {
    const last = Buffer.alloc(40);
    last.writeBigUInt64BE(BigInt(end.height));
    last.set(end.hash, 8);
    parts.push(frame(frameKinds.end, last));
  }
  return Buffer.concat(parts);
}

function frame(kind: number, bytes: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(kind);
  head.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}
