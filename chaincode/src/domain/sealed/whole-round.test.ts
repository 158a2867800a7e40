/** A sealed round from its announcement to its final result, as the ledger has it. */
import { hexToBytes } from "@noble/hashes/utils.js";
import { describe, expect, test, vi } from "vitest";
import type { RecordOf } from "../../../../protocol/records";
import { finalList, finalRoot } from "../../../../voting/sealed/final-list";
import { City } from "../../../testing/city";
import { act } from "../../../testing/founding-inputs";
import { people, torino } from "../../../testing/people";
import { hex, sealedRoundOf } from "../../../testing/sealed-election";
import {
  castGroup,
  firstCasts,
  id,
  laterCasts,
  sealedOutcome,
  withReveals,
  withSealedClosed,
  withSealedListed,
  withSealedOpen,
  withSealedPublished,
  withSealedPurged,
  withSealedReleased,
} from "../../../testing/sealed-story";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

describe("a sealed round", () => {
  test("joins small areas and numbers all of them", async () => {
    const { areas } = (await City.after(withReveals)).record("sealing", id);
    expect(
      areas.map(({ number, size, districts }) => [number, size, districts.map((one) => one.id)]),
    ).toEqual([
      [1, 40, ["1"]],
      [2, 50, ["2"]],
      [3, 18, ["3", "4"]],
    ]);
  });

  test("covers with its digest everything that was gathered", async () => {
    const city = await City.after(withSealedOpen);
    const { sealing: frozen } = city.record("round", id);
    expect(frozen).toMatch(/^[0-9a-f]{64}$/);
    expect(city.record("sealing", id)).toMatchObject({ state: "frozen", keysDigest: expect.any(String) });
  });

  test("lists the ballots that stand, as whoever has all recorded ones does", async () => {
    const city = await City.after(withSealedListed);
    const recorded = city.state.all<RecordOf<"sealed_ballot">>(torino, "sealed_ballot");
    expect(recorded).toHaveLength(64);
    const list = finalList(
      recorded.map(({ area, key, seq, digest }) => ({
        ...{ area, voter: hexToBytes(key), seq, digest: hexToBytes(digest) },
      })),
    );
    expect(list).toHaveLength(60);
    const root = finalRoot(sealedRoundOf(city.record("round", id)), list);
    expect(city.record("sealing", id).list).toMatchObject({
      root: hex(root),
      ...{ count: 60, superseded: 4 },
      areas: [
        { number: 1, ballots: 26, opened: true },
        { number: 2, ballots: 25, opened: true },
        { number: 3, ballots: 9, opened: false },
      ],
    });
  });

  test("keeps every envelope with the organisations, and of each key the last one once it is listed", async () => {
    expect((await City.after(withSealedClosed)).state.envelopes.size).toBe(64);
    expect((await City.after(withSealedPurged)).state.envelopes.size).toBe(60);
  });

  test("publishes the envelopes of areas that are opened", async () => {
    const city = await City.after(withSealedPublished);
    expect(city.state.all(torino, "sealed_envelope")).toHaveLength(51);
    expect(city.record("sealing", id).publication).toMatchObject({ published: 51, missing: 0 });
  });

  test("is counted, attested and final once two trustees have released their keys", async () => {
    const city = await City.after(withSealedReleased);
    const outcome = sealedOutcome();
    await city.submit(people.officer, "rounds:count", { id, outcome });
    for (const attester of [people.officer, people.guarantor])
      await city.submit(attester, "rounds:attest", { id, digest: outcome.digest });
    await city.advanceTo("2026-02-16");
    await city.submit(people.guarantor, "rounds:finalise", { id, act: act("round") });
    expect(city.record("round", id)).toMatchObject({ state: "final", outcome: { unopened: 9 } });
  });
});

test("a ballot with a fault is named, and the others of its group are recorded", async () => {
  const city = await City.after(withSealedOpen);
  const casts = await firstCasts(city, 1);
  const others = casts.slice(1);
  const spoiled = casts.map((cast, index) =>
    index === 0 ? { ...cast, signature: new Uint8Array(64) } : cast,
  );
  const { ballots: results } = await castGroup(city, spoiled);
  expect(results.map(({ accepted }) => accepted)).toEqual([false, ...others.map(() => true)]);
  expect(results[0]?.code).toBe("bad_signature");
});

test("of one key the next ballot is taken once the one before is there", async () => {
  const city = await City.after(withSealedOpen);
  const [again = []] = await laterCasts(city);
  await expect(castGroup(city, again)).rejects.toMatchObject({ code: "ballot_out_of_order" });
  await castGroup(city, await firstCasts(city, 1));
  await castGroup(city, again);
  await expect(castGroup(city, again)).rejects.toMatchObject({ code: "ballot_already_cast" });
});
