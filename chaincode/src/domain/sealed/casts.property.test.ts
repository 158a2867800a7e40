/** Whatever casts come in whatever order, the ledger's list is that of everybody who has all recorded ballots. */
import { hexToBytes } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { RuleError } from "../../../../protocol/errors";
import type { RecordOf } from "../../../../protocol/records";
import type { Cast } from "../../../../voting/sealed/cast";
import { areasToOpen, finalList, finalRoot, type RecordedBallot } from "../../../../voting/sealed/final-list";
import { City } from "../../../testing/city";
import { people, torino } from "../../../testing/people";
import { castOf, type Elector, hex, sealedRoundOf } from "../../../testing/sealed-election";
import { castGroup, groupSize, id, programs, votersOf, withSealedOpen } from "../../../testing/sealed-story";

vi.setConfig({ testTimeout: 300_000 });

/** How many of each area take part. */
const VOTERS = 12;
const SEQS = 3;

const keptCasts = new Map<string, Promise<Cast>>();
function kept(round: ReturnType<typeof sealedRoundOf>, voter: Elector, seq: number): Promise<Cast> {
  const name = `${hex(voter.key)} ${seq}`;
  const made = keptCasts.get(name) ?? castOf(round, voter, [1 + (seq % 2)], seq);
  keptCasts.set(name, made);
  return made;
}

/** What a group is asked to record: ballots of an area by voter and seq, some of them of other areas or changed. */
const groups = fc.array(
  fc.record({
    area: fc.integer({ min: 1, max: 3 }),
    wanted: fc.uniqueArray(
      fc.record({
        voter: fc.nat({ max: VOTERS - 1 }),
        seq: fc.constantFrom(1, 1, 1, 2, 2, SEQS),
        spoiled: fc.boolean(),
        of: fc.integer({ min: 1, max: 8 }),
      }),
      { minLength: 2, maxLength: 12, selector: ({ voter }) => voter },
    ),
  }),
  { minLength: 1, maxLength: 14 },
);

test("random groups, with replays, gaps, other areas' ballots and changed ones", async () => {
  const start = await City.after(withSealedOpen);
  const round = sealedRoundOf(start.record("round", id));
  const voters = await Promise.all(
    [1, 2, 3].map(async (area) => (await votersOf(start, area)).slice(0, VOTERS)),
  );
  let recorded = 0;
  await fc.assert(
    fc.asyncProperty(groups, async (asked) => {
      const city = new City(start.state.clone());
      /** What a bystander who knows the rules expects to be recorded. */
      const expected = new Map<string, number>();
      for (const { area, wanted } of asked) {
        const casts = await Promise.all(
          wanted.map(async ({ voter, seq, of }) => {
            // One in eight stands in an area that is not its own; the third has nine voters.
            const own = of === 8 ? (area % 3) + 1 : area;
            const elector = voters[own - 1]?.[voter] ?? (voters[0]?.[voter] as Elector);
            return { cast: await kept(round, elector, seq), isOwn: elector.area === area };
          }),
        );
        const spoil = wanted.map(({ spoiled, of }) => spoiled && of === 1);
        const given = casts.map(({ cast }, index) => ({
          ...cast,
          area,
          ...(spoil[index] ? { signature: new Uint8Array(64) } : {}),
        }));
        const keys = new Set(given.map(({ voter }) => hex(voter)));
        const good = given.filter(({ voter, seq }, index) => {
          const last = expected.get(`${area} ${hex(voter)}`) ?? 0;
          return casts[index]?.isOwn && !spoil[index] && seq === last + 1;
        });
        const isTaken = keys.size === given.length && good.length >= groupSize;
        try {
          const { ballots } = await castGroup(city, given);
          expect(isTaken).toBe(true);
          expect(ballots.filter(({ accepted }) => accepted)).toHaveLength(good.length);
          for (const { voter, seq } of good) expected.set(`${area} ${hex(voter)}`, seq);
        } catch (error) {
          if (!(error instanceof RuleError)) throw error;
          expect(isTaken, error.message).toBe(false);
        }
      }
      await expectList(city, expected);
      recorded += expected.size;
    }),
    { numRuns: 25 },
  );
  // A generator of groups that are all refused would show nothing.
  expect(recorded).toBeGreaterThan(100);
});

async function expectList(city: City, expected: ReadonlyMap<string, number>): Promise<void> {
  await city.advanceTo("2026-02-12");
  await city.submit(people.service, "rounds:close", { id });
  for (let done = false; !done; ) {
    const { result } = await city.submit(programs.opener, "sealed:list", { round: id });
    done = result?.done === true;
  }
  const recorded = city.state.all<RecordOf<"sealed_ballot">>(torino, "sealed_ballot");
  const list = finalList(recorded.map(recordedBallot));
  expect(new Map(list.map(({ area, voter, seq }) => [`${area} ${hex(voter)}`, seq]))).toEqual(expected);
  const round = sealedRoundOf(city.record("round", id));
  const { root, count, superseded, areas } = city.record("sealing", id).list ?? {};
  expect(root).toBe(hex(finalRoot(round, list)));
  expect(count).toBe(list.length);
  expect(superseded).toBe(recorded.length - list.length);
  expect(areas?.filter(({ opened }) => opened).map(({ number }) => number)).toEqual(areasToOpen(list));
  if ((superseded ?? 0) > 0) await city.submit(programs.opener, "sealed:purge", { round: id });
  expect(city.state.envelopes.size).toBe(list.length);
}

function recordedBallot({ area, key, seq, digest }: RecordOf<"sealed_ballot">): RecordedBallot {
  return { area, voter: hexToBytes(key), seq, digest: hexToBytes(digest) };
}
