/** Relay, copy-keeper and opener of a trial round, each with its folder and socket; each can be stopped and can lose its disk. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { PartClient } from "@/lib/part-client";
import { nodePrimitives } from "@/voting/sealed/node";
import { decodeReceipt, isReceipt } from "@/voting/sealed/receipts";
import { startCopyKeeper } from "../../copy-keeper/start";
import { startOpener } from "../../opener/start";
import { startRelay } from "../../relay/start";
import type { RunningPart } from "../part";
import { keyOf } from "../round-view";
import { ROUND, type TrialSealedRound } from "./trial-round";

export type PartName = "relay" | "copy-keeper" | "opener";

export const partNames = ["copy-keeper", "opener", "relay"] as const;
const secrets = { relay: "a".repeat(64), "copy-keeper": "b".repeat(64), opener: "c".repeat(64) };

export class TrialParts {
  readonly #running = new Map<PartName, RunningPart>();

  constructor(
    private readonly trial: TrialSealedRound,
    private readonly now: () => number = Date.now,
  ) {}

  socket(part: PartName): string {
    return join(this.trial.folder, `${part}.sock`);
  }

  folder(part: PartName): string {
    return join(this.trial.folder, part);
  }

  options(part: PartName) {
    const number = ({ relay: 1, "copy-keeper": 2, opener: 3 } as const)[part];
    return {
      folder: this.folder(part),
      secret: secrets[part],
      listen: this.socket(part),
      ledger: this.trial.ledger.of(number),
      now: this.now,
      pauseMs: 20,
    };
  }

  async start(part: PartName): Promise<void> {
    const options = this.options(part);
    const running =
      part === "relay"
        ? startRelay({ ...options, copyKeeper: this.socket("copy-keeper"), opener: this.socket("opener") })
        : part === "opener"
          ? startOpener(options)
          : startCopyKeeper(options);
    this.#running.set(part, await running);
  }

  async startAll(): Promise<void> {
    for (const part of partNames) await this.start(part);
  }

  async stop(part: PartName): Promise<void> {
    await this.#running.get(part)?.close();
    this.#running.delete(part);
  }

  /** The part stops, its folder is gone, and it starts again with the same secret. */
  async loseDisk(part: PartName): Promise<void> {
    await this.stop(part);
    await rm(this.folder(part), { recursive: true });
    await this.start(part);
  }

  async stopAll(): Promise<void> {
    for (const part of [...partNames].reverse()) await this.stop(part);
  }

  /** Posts, and takes nothing for a receipt that does not hold. */
  async post(bytes: Uint8Array) {
    const answer = await new PartClient(this.socket("relay")).ask("POST", `/v1/rounds/${ROUND}/posts`, bytes);
    const receipt = decodeReceipt(new Uint8Array(answer));
    const round = this.trial.frozen();
    const keys = { relay: keyOf(round, "relay"), "copy-keeper": keyOf(round, "copy-keeper") };
    if (!(await isReceipt(nodePrimitives, round.frozen.digest, keys, receipt))) throw new Error("no receipt");
    return receipt;
  }
}

/** Waits until something holds. @throws Error after ten seconds */
export async function until(holds: () => boolean | Promise<boolean>, what = "it"): Promise<void> {
  for (const end = Date.now() + 10_000; Date.now() < end; await new Promise((next) => setTimeout(next, 10)))
    if (await holds()) return;
  throw new Error(`${what} did not come about`);
}
