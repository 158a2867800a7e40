/** Sealed rounds of each type of ballot, with ballots and sheets that its limits make void. */

import { digest } from "@/chaincode/testing/keys";
import { people } from "@/chaincode/testing/people";
import { electors, published, sealedRoundOf } from "@/chaincode/testing/sealed-election";
import {
  castGroup,
  id,
  listAll,
  programs,
  reception,
  released,
  sealedFreeze,
  trustees,
  withReveals,
} from "@/chaincode/testing/sealed-story";
import { outcome } from "@/chaincode/testing/story";
import { canonicalJson } from "@/protocol/canonical-json";
import type { Sheet } from "@/protocol/records/desk";
import type { BallotRules } from "@/protocol/records/rounds";
import type { BallotContent } from "@/voting/ballots/content";
import { encodeBallot } from "@/voting/sealed/ballot-layout";
import { signCast } from "@/voting/sealed/cast";
import { sealEnvelope } from "@/voting/sealed/envelope";
import { nodePrimitives } from "@/voting/sealed/node";
import { ballotKey } from "@/voting/sealed/voter-keys";
import { type PlainTransaction, RecordedCity } from "./recorded-city";

export interface BallotTypeRound {
  readonly name: string;
  readonly ballot: BallotRules;
  /** As many as an area needs to be opened, at least. */
  readonly contents: readonly BallotContent[];
  readonly sheets?: readonly Sheet[];
  readonly votes: readonly [first: number, second: number];
  readonly void: number;
}

const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);
const points = (first: string, second?: string): BallotContent =>
  second === undefined
    ? { type: "points", choices: ["1"], points: [first] }
    : { type: "points", choices: ["1", "2"], points: [first, second] };

export const ballotTypeRounds: readonly BallotTypeRound[] = [
  {
    name: "rankings",
    ballot: { type: "ranking", least: 1, most: 2 },
    contents: [
      ...times(7, { type: "ranking", choices: ["2", "1"] } as const),
      ...times(2, { type: "ranking", choices: ["1", "2"] } as const),
      { type: "ranking", choices: ["1"] },
      { type: "ranking", choices: [] },
    ],
    sheets: [...times(6, { choices: [2, 1] }), ...times(3, { choices: [1] }), { choices: [1, 7] }],
    votes: [7 + 4 + 2 + 6 + 6, 14 + 2 + 12],
    void: 2,
  },
  {
    name: "points",
    ballot: { type: "points", least: 0, most: 2, points: { each: 3, total: 4 } },
    contents: [
      ...times(8, points("1", "3")),
      ...times(2, points("3")),
      { type: "points", choices: [], points: [] },
      ...[points("4"), points("3", "2"), points("1.5"), points("0"), points("-1", "2")],
    ],
    sheets: [
      ...times(5, { choices: [1, 2], points: [2, 2] }),
      ...times(2, { choices: [2], points: [3] }),
      ...times(2, { choices: [1], points: [3] }),
      { choices: [1, 2], points: [3, 3] },
    ],
    votes: [8 + 6 + 10 + 6, 24 + 10 + 6],
    void: 6,
  },
  {
    name: "knapsacks",
    ballot: { type: "knapsack", least: 1, most: 2, mostCents: 1_000_000 },
    contents: [
      ...times(9, { type: "knapsack", choices: ["2"] } as const),
      { type: "knapsack", choices: ["1"] },
      ...times(2, { type: "knapsack", choices: ["1", "2"] } as const),
    ],
    votes: [1, 9],
    void: 2,
  },
  {
    name: "approvals in groups",
    ballot: { type: "approval", least: 1, most: 2, groups: [{ numbers: [1, 2], most: 1 }] },
    contents: [
      ...times(9, { type: "approval", choices: ["2"] } as const),
      { type: "approval", choices: ["1"] },
      ...times(2, { type: "approval", choices: ["1", "2"] } as const),
    ],
    votes: [1, 9],
    void: 2,
  },
  {
    name: "single choices",
    ballot: { type: "choice", least: 0, most: 1 },
    contents: [
      ...times(9, { type: "choice", choices: ["2"] } as const),
      { type: "choice", choices: ["1"] },
      { type: "choice", choices: [] },
    ],
    votes: [1, 9],
    void: 0,
  },
];

export async function ballotTypeStory(given: BallotTypeRound): Promise<PlainTransaction[]> {
  const { ballot, contents, sheets = [] } = given;
  const city = await RecordedCity.told();
  await withReveals(city);
  await city.submit(people.officer, "rounds:freeze", await sealedFreeze(city, { ballot }));
  await city.submit(people.officer, "rounds:open", { id });
  const round = sealedRoundOf(city.record("round", id));
  const voters = await electors(round, 1, contents.length);
  const casts = await Promise.all(
    voters.map(async ({ area, key: voter, root, secret, credentials }, index) => {
      const place = { area, voter, seq: 1 };
      const content = contents[index] as BallotContent;
      const plaintext = encodeBallot(round.layout, { attempt: 1, content });
      const key = ballotKey(root, round, place, plaintext);
      const envelope = await sealEnvelope(nodePrimitives, round, place, key, plaintext);
      return signCast(nodePrimitives, round, place, secret, credentials, envelope);
    }),
  );
  await castGroup(city, casts);
  if (sheets.length > 0) await vouchFor(city, sheets.length);
  await city.advanceTo("2026-02-11");
  await city.submit(programs.relay, "sealed:endReception", await reception(city, casts.length));
  await city.submit(people.service, "rounds:close", { id });
  if (sheets.length > 0) await enter(city, sheets);
  await listAll(city);
  await city.submit(programs.opener, "sealed:publish", published(id, casts));
  await city.submit(programs.opener, "sealed:completePublication", { round: id });
  for (const index of [0, 1])
    await city.submit(trustees[index] as never, "sealed:release", released(index) as never);
  const all = contents.length + sheets.length;
  const counted = outcome([2], [...given.votes], { ballots: all - given.void, void: given.void });
  await city.submit(people.officer, "rounds:count", { id, outcome: counted });
  return city.transactions;
}

const station = "casa-one";

async function vouchFor(city: RecordedCity, count: number): Promise<void> {
  const delivered = [{ area: 1, sheets: count }];
  await city.submit(people.officer, "desk:openStation", { round: id, station, delivered });
  for (let nth = 0; nth < count; nth++) {
    const voucher = digest(`voucher ${nth}`);
    await city.submit(people.coordinator, "desk:vouch", {
      ...{ round: id, station, area: 1, purpose: "paper", voucher },
    });
    await city.submit(people.officer, "desk:confirmVoucher", { round: id, voucher });
  }
}

async function enter(city: RecordedCity, sheets: readonly Sheet[]): Promise<void> {
  const count = sheets.length;
  const line = { area: 1, given: count, spoiled: 0, unused: 0, lost: 0, cast: count };
  await city.submit(people.coordinator, "desk:tellBalance", { round: id, station, areas: [line] });
  await city.submit(people.guarantor, "desk:closeStation", { round: id, station });
  const sorted = [...sheets].sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));
  const bundle = { round: id, bundle: 1, area: 1, sheets: sorted };
  await city.submit(people.coordinator, "desk:enterSheets", bundle);
  await city.submit(people.guarantor, "desk:confirmSheets", { round: id, bundle: 1 });
}
