/** Amounts and times as OCDS writes them. */
import { decimalOf } from "@/lib/export/table";
import { instantAt } from "@/lib/local-time";
import type { JsonObject } from "./merge";

export function euro(cents: number): JsonObject {
  return { amount: Number(decimalOf(BigInt(cents), ".")), currency: "EUR" };
}

/** The beginning of a day in Italy. */
export function startOf(day: string): string {
  return instant(`${day}T00:00`);
}

/** The last second of a day in Italy. */
export function endOf(day: string): string {
  return instant(`${day}T23:59:59`);
}

function instant(wall: string): string {
  const found = instantAt(wall);
  if (typeof found === "string") throw new Error(`${wall}: ${found}`);
  return found.toISOString();
}
