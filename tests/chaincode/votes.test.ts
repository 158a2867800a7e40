/** Votes that meet each other and the closing, on a ledger. */
import "reflect-metadata";
import { type Status, StatusCode } from "@hyperledger/fabric-gateway";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { VoterKey } from "@/chaincode/testing/keys";
import { people } from "@/chaincode/testing/people";
import { admission, voters, withOpenRound } from "@/chaincode/testing/story";
import { LedgerCity } from "./ledger-city";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

const round = "round-2026";
const [first = new VoterKey("v1"), second = new VoterKey("v2"), third = new VoterKey("v3")] = voters;
let city: LedgerCity;

beforeAll(async () => {
  city = await LedgerCity.founded();
  await withOpenRound(city, ["garden", "library"]);
});
afterAll(() => city?.close());

const cast = (voter: VoterKey, seq: number) => ({ round, ballots: [voter.ballot(round, seq, [1])] });

test("votes handed in together are all counted; the same vote twice once", async () => {
  // Endorsed before any is in a block, so that they can only meet at validation.
  const { contract } = await city.session(people.casting);
  const endorsed = await Promise.all(
    [cast(first, 1), cast(second, 1), cast(first, 2), cast(first, 1)].map(async (input) => {
      const argument = await city.argument(people.casting, "rounds:cast", input);
      return contract.newProposal("rounds:cast", { arguments: [argument] }).endorse();
    }),
  );
  const statuses: Status[] = [];
  for (const transaction of endorsed) statuses.push(await (await transaction.submit()).getStatus());
  expect(statuses.map(({ code }) => code)).toEqual([
    StatusCode.VALID,
    StatusCode.VALID,
    StatusCode.VALID,
    StatusCode.MVCC_READ_CONFLICT,
  ]);
});

test("one slot of the roll is given once, however it is raced for", async () => {
  const { contract } = await city.session(people.registrar);
  const endorsed = await Promise.all(
    ["a", "b"].map(async (name) => {
      const input = admission([new VoterKey(name)], [7]);
      const argument = await city.argument(people.registrar, "rounds:admit", input);
      return contract.newProposal("rounds:admit", { arguments: [argument] }).endorse();
    }),
  );
  const codes: Status["code"][] = [];
  for (const transaction of endorsed) codes.push((await (await transaction.submit()).getStatus()).code);
  expect(codes).toEqual([StatusCode.VALID, StatusCode.MVCC_READ_CONFLICT]);
});

test("a vote endorsed before the closing and ordered after it does not count", async () => {
  const { contract } = await city.session(people.casting);
  const argument = await city.argument(people.casting, "rounds:cast", cast(third, 1));
  const late = await contract.newProposal("rounds:cast", { arguments: [argument] }).endorse();
  await city.submit(people.service, "rounds:close", { id: round });
  const { code } = await (await late.submit()).getStatus();
  expect(code).toBe(StatusCode.MVCC_READ_CONFLICT);
  expect(await city.record("ballot", round, third.publicKey, "000001")).toBeNull();
  expect((await city.refused(people.casting, "rounds:cast", cast(third, 1))).code).toBe("round_not_open");
});
