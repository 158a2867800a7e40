/** The answer in words. */
import type { Verification } from "./verify-round";

const marks = { holds: "ok   ", fails: "FAILS", not_yet: "-    " } as const;

export function reportText(verification: Verification): string {
  const { municipality, round, ballotKind, state, frozenDigest, blocks, organisations, items, holds } =
    verification;
  const lines = [
    `Round ${round} of ${municipality}: ${ballotKind} ballots, ${state}; ${blocks} blocks.`,
    ...(frozenDigest === undefined ? [] : [`F = ${frozenDigest}`]),
    "Everything below rests on these root certificates (SHA-256). Compare each with what its organisation publishes:",
    ...Object.entries(organisations).flatMap(([mspId, roots]) => roots.map((root) => `  ${mspId} ${root}`)),
    "",
  ];
  for (const { item, status, what, checked, faults, moreFaults, notes } of items) {
    lines.push(
      `${marks[status]} ${item}: ${what}${status === "not_yet" ? " (nothing to check)" : ` (${checked})`}`,
    );
    for (const fault of faults) lines.push(`        ${fault}`);
    if (moreFaults > 0) lines.push(`        and ${moreFaults} more`);
    for (const note of notes) lines.push(`        note: ${note}`);
  }
  const failing = items.filter(({ status }) => status === "fails").map(({ item }) => item);
  lines.push("", holds ? "Everything that can be checked holds." : `Does not hold: ${failing.join(", ")}.`);
  return lines.join("\n");
}
