/** Which steps of its vote the trial still takes, by the records of a round as it goes on. */
import { describe, expect, it } from "vitest";
import type { Organisation } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import { keyOf } from "@/tests/verifier/recorded-city";
import { id, sealedStory } from "@/tests/verifier/sealed-round";
import { isTaken, type Progress, type RoundStep } from "./progress";

const transactions = await sealedStory();

/** The records as they are before and after each transaction of a name. */
function around(name: string): { before: Progress; after: Progress }[] {
  const found: { before: Progress; after: Progress }[] = [];
  let now: Progress = { round: null, sealing: null };
  for (const one of transactions) {
    const written = (type: string) => one.writes.find(([key]) => key === keyOf(type, id))?.[1];
    const [round, sealing] = [written("round"), written("sealing")];
    const after = {
      round: round === undefined ? now.round : (JSON.parse(round) as RecordOf<"round">),
      sealing: sealing === undefined ? now.sealing : (JSON.parse(sealing) as RecordOf<"sealing">),
    };
    if (one.name === name) found.push({ before: now, after });
    now = after;
  }
  return found;
}

const last = around("rounds:attest").at(-1)?.after as Progress;

describe("a step of the vote that a trial holds", () => {
  it.each([
    ["rounds:freeze", "freeze"],
    ["rounds:open", "open"],
    ["rounds:close", "close"],
    ["rounds:count", "count"],
  ] as const)("is left out after somebody's %s and not before", (transaction, name) => {
    const [{ before, after }] = around(transaction) as [{ before: Progress; after: Progress }];
    expect([before, after, last].map((progress) => isTaken({ name }, progress))).toEqual([false, true, true]);
  });

  it.each([
    ["sealed:release", "release", ({ sealing }: Progress) => sealing?.released ?? []],
    ["rounds:attest", "attest", ({ round }: Progress) => round?.attestations ?? []],
  ] as const)(
    "%s is left out by the organisation that took it, and by all once two have",
    (transaction, name, entriesOf) => {
      const [first, second] = around(transaction) as { before: Progress; after: Progress }[];
      const [own] = entriesOf(first?.after as Progress) as { organisation: Organisation }[];
      const all = ["Comune", "Case", "Garanti"] as const;
      const left = (progress: Progress) =>
        all.filter((organisation) => !isTaken({ name, organisation } satisfies RoundStep, progress));
      expect(left(first?.before as Progress)).toEqual(all);
      expect(left(first?.after as Progress)).toEqual(all.filter((one) => one !== own?.organisation));
      expect(left(second?.after as Progress)).toEqual([]);
    },
  );

  it("to the final result is left out once it is final, and not where the round was annulled", () => {
    const { round, sealing } = last;
    const as = (state: RecordOf<"round">["state"]) =>
      isTaken({ name: "final" }, { sealing, round: round && { ...round, state } });
    expect((["attested", "final", "annulled"] as const).map(as)).toEqual([false, true, false]);
  });
});
