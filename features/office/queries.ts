import "server-only";
import { chainDay } from "@/features/calls/queries";
import type { Viewer } from "@/lib/permissions";
import { moneyWaiting } from "./money-waiting-queries";
import { pactsWaiting } from "./pacts-waiting-queries";
import { proposalsWaiting } from "./proposals-waiting-queries";
import { registerWaiting } from "./register-waiting-queries";
import { roundsWaiting } from "./rounds-waiting-queries";
import { oldestFirst, type Waiting } from "./rules";
import { settingsWaiting } from "./settings-waiting-queries";

/** Everything that waits for somebody's offices in a municipality, oldest first, with the day it is counted by. */
export async function waitingFor(
  municipality: string,
  viewer: Viewer,
): Promise<{ day: string; items: Waiting[] }> {
  const day = await chainDay(municipality);
  const scene = { municipality, viewer, day };
  const found = await Promise.all([
    proposalsWaiting(scene),
    roundsWaiting(scene),
    pactsWaiting(scene),
    moneyWaiting(scene),
    settingsWaiting(scene),
    registerWaiting(scene),
  ]);
  return { day, items: oldestFirst(found.flat()) };
}
