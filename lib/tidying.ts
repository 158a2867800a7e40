import { AsyncLocalStorage } from "node:async_hooks";
import { reportUnexpected } from "./unexpected";

type Task = () => Promise<void>;

// Bundles may hold this module more than once; a request is in one of them, what it calls perhaps in another.
const held = globalThis as { cocityTidying?: AsyncLocalStorage<Task[]> };
held.cocityTidying ??= new AsyncLocalStorage<Task[]>();
const tasks = held.cocityTidying;

/** Runs `work` and then, whatever came of it, what {@link tidyUp} was given meanwhile. */
export async function tidying<T>(work: () => Promise<T>): Promise<T> {
  const left: Task[] = [];
  try {
    return await tasks.run(left, work);
  } finally {
    for (const task of left)
      await task().catch((error: unknown) => reportUnexpected(error, { after: "action" }));
  }
}

/** Asks for something to be done when the action that is running has ended; outside of one nothing is asked for. */
export function tidyUp(task: Task): void {
  tasks.getStore()?.push(task);
}
