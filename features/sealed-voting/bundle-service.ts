/** A closed round's public evidence in one file, made of the ledger's blocks once for each state of the round. */
import { createWriteStream } from "node:fs";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ballotsAreTold } from "@/features/rounds/rules";
import { ledger } from "@/ledger/client/process";
import { bundleFrames } from "@/ledger/evidence/bundle";
import { env } from "@/lib/env";
import type { RecordOf } from "@/protocol/records";

type Round = Pick<RecordOf<"round">, "municipality" | "id" | "state" | "counts" | "attestations">;

export interface BundleFile {
  readonly name: string;
  readonly size: number;
  readonly stream: Readable;
}

// Bundles of this module are several; each file is made once.
const held = globalThis as { cocityBundles?: Map<string, Promise<void>> };
held.cocityBundles ??= new Map();
const making = held.cocityBundles;

/** Undefined while ballots are cast: evidence that is not whole would tell how the vote stands. */
export async function bundleOf(round: Round): Promise<BundleFile | undefined> {
  if (!ballotsAreTold(round.state)) return undefined;
  const { municipality, id } = round;
  const folder = join(env.COCITY_DATA, "sealed", "bundles", municipality);
  const stage = [round.state, round.counts ?? 0, round.attestations.length].join("-");
  const file = join(folder, `${id}.${stage}.bundle`);
  const kept = await openFile(file);
  if (kept) return { ...kept, name: `${id}.bundle` };
  const made = making.get(file) ?? make(folder, file, round).finally(() => making.delete(file));
  making.set(file, made);
  await made;
  const found = await openFile(file);
  return found && { ...found, name: `${id}.bundle` };
}

async function make(folder: string, file: string, { municipality, id }: Round): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { gateway } = await ledger();
  const { height } = await gateway.chainInfo();
  const stop = new AbortController();
  try {
    const frames = bundleFrames(until(height, gateway.blocks(0, stop.signal)), { municipality, round: id });
    await pipeline(frames, createWriteStream(`${file}.new`, { mode: 0o600 }));
  } finally {
    stop.abort();
  }
  // What an earlier state's was is in this one.
  const earlier = (await readdir(folder)).filter(
    (name) => name.startsWith(`${id}.`) && name.endsWith(".bundle"),
  );
  await rename(`${file}.new`, file);
  for (const name of earlier) await rm(join(folder, name), { force: true });
}

async function* until(height: number, blocks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let left = height;
  for await (const block of blocks) {
    yield block;
    left -= 1;
    if (left === 0) return;
  }
}

async function openFile(file: string): Promise<{ size: number; stream: Readable } | undefined> {
  const handle = await open(file).catch(() => undefined);
  if (!handle) return undefined;
  const { size } = await handle.stat();
  return { size, stream: handle.createReadStream() };
}
