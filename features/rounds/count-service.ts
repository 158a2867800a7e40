/**
 * Counting beside the site: a count may take the processor for long, so it is made in a process of its own, one at a
 * time, with an end, and what a closed round came to is kept.
 */
import { spawn } from "node:child_process";
import { gunzipSync } from "node:zlib";
import { db } from "@/lib/db";
import { ConflictError, NotFoundError, UnavailableError } from "@/lib/errors";
import { writing } from "@/lib/kept-reads";
import { log } from "@/lib/log";
import { bundled } from "@/lib/programs";
import type { Outcome } from "@/protocol/records/rounds";
import { countBasis, type KeptCount, type RoundWords, readKeptCount } from "./kept-count";
import type { RoundView } from "./queries";
import { ballotsAreTold } from "./rules";
import { isReleased } from "./sealed-evidence-service";

export type CountTask = { municipality: string; round: string } & (
  | { from: "ledger" }
  | { from: "tables"; basis: string; words: RoundWords }
);

export type CountAnswer = { ok: true; outcome?: Outcome } | { ok: false; error: string };

/** Milliseconds after which a count is given up. */
const LONGEST_COUNT = 300_000;
/** Milliseconds a page waits for a count that is being made. */
const PATIENCE = 20_000;
/** Milliseconds before a count that failed is tried again. */
const PAUSE_AFTER_FAILURE = 60_000;

// Bundles may hold this module more than once; counts take turns in all of them.
const held = globalThis as {
  cocityCounts?: { last: Promise<unknown>; running: Map<string, Promise<void>>; failed: Map<string, number> };
};
held.cocityCounts ??= { last: Promise.resolve(), running: new Map(), failed: new Map() };
const counts = held.cocityCounts;

/**
 * Reads a round and all its ballots from the ledger itself and counts them.
 *
 * @throws UnavailableError, NotFoundError, or ConflictError `not_released` where sealed ballots cannot be opened yet
 */
export async function outcomeOnLedger(municipality: string, round: string): Promise<Outcome> {
  const known = await db.chainRound.count({ where: { municipality, id: round } });
  if (known === 0) throw new NotFoundError("round_not_found");
  const sealing = await db.chainSealing.count({ where: { municipality, id: round } });
  if (sealing > 0 && !(await isReleased(municipality, round))) throw new ConflictError("not_released");
  const { outcome } = await inTurn({ from: "ledger", municipality, round });
  if (!outcome) throw new UnavailableError("count_unfinished");
  return outcome;
}

/** What the ballots of a closed round came to; undefined while it is being counted. */
export async function keptCount(municipality: Place, round: RoundView): Promise<KeptCount | undefined> {
  const row = await keptRow(municipality, round, { result: true });
  return row && readKeptCount(row.result);
}

/** A closed round as a Pabulib file; undefined while it is being counted. */
export async function keptFile(municipality: Place, round: RoundView): Promise<string | undefined> {
  const row = await keptRow(municipality, round, { pabulib: true });
  return row && gunzipSync(row.pabulib).toString("utf8");
}

type Place = { istatCode: string; name: string };

async function keptRow<T extends { result: true } | { pabulib: true }>(
  place: Place,
  round: RoundView,
  select: T,
) {
  // Before the ledger has closed it, its ballots would tell how the vote stands.
  if (!ballotsAreTold(round.state)) throw new NotFoundError("ballots_not_told");
  const municipality = place.istatCode;
  const words: RoundWords = {
    title: round.title,
    municipality: place.name,
    titles: Object.fromEntries(round.projectViews.map(({ number, title }) => [number, title])),
  };
  const isSealed = round.record.ballotKind === "sealed";
  if (isSealed && !(await isReleased(municipality, round.id))) return undefined;
  const counted = { where: { municipality, round: round.id }, _count: true, _max: { block: true } } as const;
  const { _count, _max } = isSealed
    ? await db.chainSealedEnvelope.aggregate(counted)
    : await db.chainBallot.aggregate(counted);
  const ballots = { count: _count, lastBlock: String(_max.block ?? "") };
  const basis = countBasis(round.record, ballots, words);
  const find = () => db.roundCount.findFirst({ where: { municipality, round: round.id, basis }, select });
  const found = await find();
  if (found) return found;
  if ((counts.failed.get(basis) ?? 0) > Date.now()) return undefined;
  await within(PATIENCE, countOnce({ from: "tables", municipality, round: round.id, basis, words }));
  // The process that counts has written what this request asks for again.
  writing();
  return (await find()) ?? undefined;
}

/** Counts unless the same is being counted already. Never throws: what failed is tried again after a while. */
function countOnce(task: CountTask & { from: "tables" }): Promise<void> {
  const { basis } = task;
  const running = counts.running.get(basis);
  if (running) return running;
  const made = inTurn(task)
    .then(() => undefined)
    .catch(() => {
      counts.failed.set(basis, Date.now() + PAUSE_AFTER_FAILURE);
    })
    .finally(() => counts.running.delete(basis));
  counts.running.set(basis, made);
  return made;
}

function inTurn(task: CountTask): Promise<CountAnswer & { ok: true }> {
  const mine = counts.last.then(() => inProcess(task));
  counts.last = mine.catch(() => undefined);
  return mine;
}

async function inProcess(task: CountTask): Promise<CountAnswer & { ok: true }> {
  const answer = await answerOf(task);
  if (answer.ok) return answer;
  log.error({ round: task.round, from: task.from, reason: answer.error }, "a count failed");
  throw new UnavailableError("count_unfinished");
}

function answerOf(task: CountTask): Promise<CountAnswer> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, program, {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      serialization: "advanced",
    });
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      resolve({ ok: false, error: `not finished after ${LONGEST_COUNT} ms` });
    }, LONGEST_COUNT);
    child.once("message", (answer) => resolve(answer as CountAnswer));
    child.once("error", (error) => resolve({ ok: false, error: error.message }));
    child.once("exit", (code) => {
      clearTimeout(timer);
      resolve({ ok: false, error: `ended with ${code} before it answered` });
    });
    child.send(task, (error) => error && resolve({ ok: false, error: error.message }));
  });
}

const program = ["--conditions=react-server", bundled("features/rounds/count-process.ts")];

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, over]);
  clearTimeout(timer);
}
