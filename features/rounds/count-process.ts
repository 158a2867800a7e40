/** Counts one round and ends: started by `count-service.ts`, told what to count, and no longer there than its parent. */
import type { CountAnswer, CountTask } from "./count-service";
import { countAndKeep, countFromLedger } from "./counting-service";

process.once("disconnect", () => process.exit());
process.once("message", (task: CountTask) => {
  void answer(task).then((found) => process.send?.(found, () => process.exit()));
});

async function answer(task: CountTask): Promise<CountAnswer> {
  try {
    if (task.from === "ledger") {
      const { outcome } = await countFromLedger(task.municipality, task.round);
      return { ok: true, outcome };
    }
    await countAndKeep(task.municipality, task.round, task.basis, task.words);
    return { ok: true };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
