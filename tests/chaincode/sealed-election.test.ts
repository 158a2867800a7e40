/** A whole election with sealed ballots on a ledger: sixty voters in three areas, from the announcement to the final result. */
import "reflect-metadata";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { act } from "@/chaincode/testing/founding-inputs";
import { people, torino } from "@/chaincode/testing/people";
import { group, hex, published } from "@/chaincode/testing/sealed-election";
import {
  castGroup,
  finalCasts,
  firstCasts,
  groupSize,
  id,
  laterCasts,
  programs,
  reception,
  released,
  sealedOutcome,
  trustees,
  withSealedOpen,
} from "@/chaincode/testing/sealed-story";
import { countSealed } from "@/features/rounds/sealed-counting";
import type { Actor } from "@/protocol/primitives";
import type { RecordOf, RecordType } from "@/protocol/records";
import type { Cast } from "@/voting/sealed/cast";
import { LedgerCity, refusalOf } from "./ledger-city";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 240_000 });

let city: LedgerCity;
const round = { round: id };

beforeAll(async () => {
  city = await LedgerCity.founded();
  await withSealedOpen(city);
});
afterAll(() => city?.close());

async function all<T extends RecordType>(type: T): Promise<RecordOf<T>[]> {
  const found: RecordOf<T>[] = [];
  let bookmark = "";
  do {
    const page = (await city.ask(people.service, "records:list", {
      ...{ municipality: torino, type, prefix: [id], pageSize: 50, bookmark },
    })) as { records: RecordOf<T>[]; bookmark: string };
    found.push(...page.records);
    bookmark = page.bookmark;
  } while (bookmark);
  return found;
}

/** A group of which every ballot is changed is refused as a whole, with the code of its first. */
async function refusal(casts: readonly Cast[], change: (cast: Cast) => Cast): Promise<string> {
  return (await refusalOf(castGroup(city, casts.map(change)))).code;
}

test("tampered ballots are refused, each for its own reason", async () => {
  const casts = await firstCasts(city, 1);
  const flip = (bytes: Uint8Array, at: number) => bytes.with(at, (bytes[at] as number) ^ 1);
  expect(await refusal(casts, (cast) => ({ ...cast, signature: flip(cast.signature, 9) }))).toBe(
    "bad_signature",
  );
  expect(await refusal(casts, (cast) => ({ ...cast, envelope: flip(cast.envelope, 99) }))).toBe(
    "bad_signature",
  );
  expect(await refusal(casts, (cast) => ({ ...cast, area: 2 }))).toBe("bad_credential");
  expect(
    await refusal(casts, ({ credentials: [a, b, c], ...cast }) => ({
      ...cast,
      credentials: [a, b, flip(c, 5)],
    })),
  ).toBe("bad_credential");
  expect(await refusal(casts, (cast) => ({ ...cast, envelope: cast.envelope.slice(1) }))).toBe(
    "ballot_malformed",
  );
  expect(await refusal((await laterCasts(city))[0] ?? [], (cast) => cast)).toBe("ballot_out_of_order");
  expect(await refusal(casts.slice(0, groupSize - 1), (cast) => cast)).toBe("group_too_small");
  const { input } = group(id, casts);
  city.envelopes = group(
    id,
    casts.map((cast) => ({ ...cast, envelope: flip(cast.envelope, 99) })),
  ).envelopes;
  expect((await refusalOf(city.submit(programs.opener, "sealed:cast", input))).code).toBe("envelope_differs");
  expect(await all("sealed_ballot")).toEqual([]);
});

test("groups are recorded; of one with a bad ballot the others", async () => {
  for (const area of [1, 2, 3]) {
    const casts = await firstCasts(city, area);
    const [first] = casts;
    const spoiled = casts.map((cast) => (cast === first ? { ...cast, signature: new Uint8Array(64) } : cast));
    const { ballots } = await castGroup(city, spoiled);
    expect(ballots.filter(({ accepted }) => !accepted)).toMatchObject([{ code: "bad_signature" }]);
    // The one that was spoiled waits for others.
    expect(await refusal(casts.slice(0, 1), (cast) => cast)).toBe("group_too_small");
  }
  const [second = []] = await laterCasts(city);
  expect((await refusalOf(castGroup(city, second))).code).toBe("group_too_small");
});

test("what was left of a group goes at the end of the reception", async () => {
  await city.advanceTo("2026-02-11");
  for (const area of [1, 2, 3]) await castGroup(city, (await firstCasts(city, area)).slice(0, 1));
  for (const later of await laterCasts(city)) await castGroup(city, later);
  await city.submit(programs.relay, "sealed:endReception", await reception(city));
  await city.submit(people.service, "rounds:close", { id });
  expect((await refusalOf(castGroup(city, await firstCasts(city, 1)))).code).toBe("round_not_open");
  expect(await all("sealed_ballot")).toHaveLength(64);
});

/** What the private collection has of somebody's ballots. */
async function envelopesOf(program: Actor, casts: readonly Cast[]): Promise<(string | null)[]> {
  const ballots = casts.map(({ area, voter, seq }) => ({ area, key: hex(voter), seq }));
  const question = { municipality: torino, round: id, ballots };
  return ((await city.ask(program, "records:envelopes", question)) as { envelopes: (string | null)[] })
    .envelopes;
}

test("ballots that stand are listed, the others purged", async () => {
  const first = (await firstCasts(city, 1)).slice(0, 4);
  const sealed = first.map(({ envelope }) => Buffer.from(envelope).toString("base64"));
  for (const program of [programs.relay, programs.copyKeeper, programs.opener])
    expect(await envelopesOf(program, first)).toEqual(sealed);
  expect((await refusalOf(envelopesOf(people.service, first))).code).toBe("wrong_role");
  expect((await refusalOf(city.submit(programs.opener, "sealed:purge", round))).code).toBe("wrong_state");
  await city.submit(programs.opener, "sealed:list", round);
  expect((await city.record("sealing", id)).list).toMatchObject({ count: 60, superseded: 4 });
  expect((await refusalOf(city.submit(trustees[0], "sealed:release", released(0)))).code).toBe(
    "publication_incomplete",
  );
  expect(await city.submit(programs.opener, "sealed:purge", round)).toMatchObject({ left: 0 });
  expect((await refusalOf(city.submit(programs.opener, "sealed:purge", round))).code).toBe("nothing_left");
  // Of the four the first three have voted again.
  expect(await envelopesOf(programs.opener, first)).toEqual([null, null, null, sealed[3]]);
});

test("envelopes of the two areas that are opened are published", async () => {
  const replaced = published(id, (await firstCasts(city, 1)).slice(0, 1));
  expect((await refusalOf(city.submit(programs.opener, "sealed:publish", replaced))).code).toBe(
    "envelope_differs",
  );
  const few = published(id, await firstCasts(city, 3));
  expect((await refusalOf(city.submit(programs.opener, "sealed:publish", few))).code).toBe("area_not_opened");
  for (const area of [1, 2])
    await city.submit(programs.opener, "sealed:publish", published(id, await finalCasts(city, area)));
  await city.submit(programs.opener, "sealed:completePublication", round);
  expect((await city.record("sealing", id)).publication).toMatchObject({ published: 51, missing: 0 });
});

test.each([
  [0, 1],
  [1, 2],
] as const)("two released keys open all ballots and give the one outcome (%i, %i)", async (a, b) => {
  const { state } = await city.record("sealing", id);
  if (state === "published") {
    const early = { id, outcome: sealedOutcome() };
    expect((await refusalOf(city.submit(people.officer, "rounds:count", early))).code).toBe("not_released");
    for (const index of [0, 1])
      await city.submit(trustees[index] as never, "sealed:release", released(index));
  }
  const organisations = ["Comune", "Case", "Garanti"] as const;
  const sealing = await city.record("sealing", id);
  const opened = {
    ...sealing,
    released: [a, b].map((index) => ({
      ...{ organisation: organisations[index] as "Comune", person: "anybody", on: "2026-02-11" },
      secret: released(index).secret,
    })),
  };
  const { outcome, voided } = await countSealed(await city.record("round", id), {
    ...{ sealing: opened, recorded: await all("sealed_ballot"), envelopes: await all("sealed_envelope") },
  });
  expect(voided).toEqual([]);
  expect(outcome).toEqual(sealedOutcome());
});

test("the outcome is counted, attested by two organisations and final", async () => {
  const outcome = sealedOutcome();
  await city.submit(people.officer, "rounds:count", { id, outcome });
  for (const attester of [people.officer, people.guarantor])
    await city.submit(attester, "rounds:attest", { id, digest: outcome.digest });
  await city.advanceTo("2026-02-16");
  await city.submit(people.guarantor, "rounds:finalise", { id, act: act("round") });
  expect(await city.record("round", id)).toMatchObject({ state: "final", outcome: { unopened: 9 } });
});
