import "server-only";
import { registerTasks } from "@/features/register/task-queries";
import type { TransactionName } from "@/protocol/transactions";
import type { Waiting } from "./rules";
import { officeFor, type Scene } from "./scene";
import { daysOfTransactions } from "./scene-queries";

/** Offices and keys that this person can confirm, and keys that they can propose. */
export async function registerWaiting(scene: Scene): Promise<Waiting[]> {
  const { municipality, viewer } = scene;
  if (!officeFor(scene, "offices:confirm")) return [];
  const tasks = await registerTasks({ istatCode: municipality, slug: "" }, viewer);
  if (!tasks) return [];
  const { toConfirm, toEnd, keysToConfirm, administration } = tasks;
  const sinceOf = await daysOfTransactions(municipality, [...toConfirm, ...toEnd]);
  const offices = (transaction: TransactionName, rows: typeof toConfirm) =>
    rows.map(
      (row): Waiting => ({
        ...{ transaction, id: row.id, title: row.name, since: sinceOf(row), place: { page: "register" } },
      }),
    );
  const keys = (transaction: TransactionName, rows: typeof keysToConfirm) =>
    rows.map(
      ({ id, name, since }): Waiting => ({
        transaction,
        id,
        title: name,
        since,
        place: { page: "register" },
      }),
    );
  return [
    ...offices("offices:confirm", toConfirm),
    ...offices("offices:confirmWithdrawal", toEnd),
    ...keys("passkeys:confirm", keysToConfirm),
    ...keys("passkeys:propose", administration?.keysToPropose ?? []),
  ];
}
