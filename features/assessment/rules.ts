/** Points against the criteria of a call. Pure; the chaincode decides again on its own. */

/** Points as typed, with up to two decimals after a comma or a point, in hundredths; undefined for anything else. */
export function parsePoints(typed: string): number | undefined {
  const match = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(typed.trim());
  return match ? Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0")) : undefined;
}

/** Hundredths of a point as they are typed; `parsePoints` reads them back. */
export function typedPoints(hundredths: number, locale: "it" | "en"): string {
  const [whole, decimals] = [Math.floor(hundredths / 100), String(hundredths % 100).padStart(2, "0")];
  return decimals === "00" ? String(whole) : `${whole}${locale === "it" ? "," : "."}${decimals}`;
}

/**
 * What is wrong with an assessor's points, if anything: the first criterion over its weight, or all that are missing.
 * Points are hundredths, weights whole points.
 */
export function pointsProblem(
  criteria: readonly { id: string; weight: number }[],
  points: Readonly<Record<string, number>>,
):
  | { code: "score_over_weight"; criterion: string; weight: number }
  | { code: "score_missing"; criteria: string[] }
  | undefined {
  const over = criteria.find(({ id, weight }) => (points[id] ?? 0) > weight * 100);
  if (over) return { code: "score_over_weight", criterion: over.id, weight: over.weight };
  const missing = criteria.filter(({ id }) => points[id] === undefined).map(({ id }) => id);
  return missing.length > 0 ? { code: "score_missing", criteria: missing } : undefined;
}

/** Whether the average of totals, in hundredths of a point, reaches a threshold in whole points. */
export function reachesThreshold(totals: readonly number[], threshold: number): boolean {
  return totals.reduce((sum, total) => sum + total, 0) >= threshold * 100 * totals.length;
}
