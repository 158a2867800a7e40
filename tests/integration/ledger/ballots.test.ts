import { describe, expect, it } from "vitest";
import type { VoterKey } from "@/chaincode/testing/keys";
import { people } from "@/chaincode/testing/people";
import { readProof } from "@/features/verification/queries";
import { type Command, enqueue } from "@/ledger/client/outbox/enqueue";
import { waitFor } from "@/ledger/client/outbox/wait";
import { newVoters, openRound } from "./city";
import { foundTorino } from "./founded";
import { startWorld, torino } from "./world";

const world = await startWorld();
const { db, pool } = world;
await world.startWorker();
await foundTorino(world);
const voters = newVoters(450);
const [stranger] = newVoters(1) as [VoterKey];
const [early] = voters.slice(400) as [VoterKey];
await openRound(world, voters);

describe("ballots", () => {
  it("of a transaction in which all are bad are tried one by one, and each learns its own reason", async () => {
    const bad = await db.$transaction(async (tx) => {
      const ids: string[] = [];
      for (const nobody of newVoters(20)) ids.push(await enqueue(tx, cast(nobody, 1, [1])));
      for (const voter of voters.slice(200, 220)) ids.push(await enqueue(tx, forged(cast(voter, 1, [1]))));
      for (const voter of voters.slice(220, 240)) ids.push(await enqueue(tx, cast(voter, 1, [1, 1])));
      return ids;
    });
    const outcomes = await Promise.allSettled(bad.map((id) => waitFor(db, id, { timeoutMs: 60_000 })));
    expect(outcomes.every(({ status }) => status === "rejected")).toBe(true);
    const codes = await db.outboxItem.groupBy({
      by: ["errorCode"],
      where: { id: { in: bad } },
      _count: true,
      orderBy: { errorCode: "asc" },
    });
    expect(codes.map(({ errorCode, _count }) => [errorCode, _count])).toEqual([
      ["bad_signature", 20],
      ["key_not_admitted", 20],
      ["repeated_choice", 20],
    ]);
  });

  it("that are alone wait for no others: one is a transaction of its own, at once", async () => {
    const id = await enqueue(db, cast(early, 1, [1]));
    const { transactionId } = await waitFor(db, id);
    expect(await db.outboxItem.count({ where: { transactionId } })).toBe(1);
    // Until the round is closed its proof says that it is recorded and sound, and nothing else.
    const view = await readProof(torino, transactionId);
    expect(view).toMatchObject({ status: "sealed", proof: { transactionId, code: "VALID", sound: true } });
    const text = JSON.stringify(view);
    for (const told of [early.publicKey, '"choices"', "statedTime", "blockHash", "record"])
      expect(text).not.toContain(told);
  });

  it("share transactions, each with its own outcome, all before the closing that was asked for after them", async () => {
    const { good, bad, close } = await db.$transaction(async (tx) => {
      const good: string[] = [];
      for (const voter of voters.filter(({ publicKey }) => publicKey !== early.publicKey))
        good.push(await enqueue(tx, cast(voter, 1, [1])));
      const bad = await enqueue(tx, cast(stranger, 1, [1]));
      for (const voter of voters.slice(0, 50)) good.push(await enqueue(tx, cast(voter, 2, [2])));
      const close = await enqueue(tx, {
        transaction: "rounds:close",
        input: { municipality: torino, id: "round-2026" },
        signer: signerOf(people.service),
        subject: { type: "round", id: "round-2026" },
        orderKey: "round/round-2026",
      });
      return { good, bad, close };
    });
    await expect(waitFor(db, bad, { timeoutMs: 60_000 })).rejects.toMatchObject({ code: "key_not_admitted" });
    const recorded = await Promise.all(good.map((id) => waitFor(db, id, { timeoutMs: 60_000 })));
    const closing = await waitFor(db, close, { timeoutMs: 60_000 });
    expect(Math.max(...recorded.map(({ block }) => block))).toBeLessThanOrEqual(closing.block);
    const [{ transactionId = "" } = {}] = recorded;
    expect(await readProof(torino, transactionId)).toMatchObject({ status: "read", proof: { sound: true } });
    const { rows } = await pool.query<{
      ballots: number;
      keys: number;
      transactions: number;
      second: number;
    }>(
      `SELECT count(*)::int AS ballots, count(DISTINCT key)::int AS keys,
         count(DISTINCT "transactionId")::int AS transactions, (count(*) FILTER (WHERE seq = 2))::int AS second
       FROM chain.ballot`,
    );
    expect(rows[0]).toMatchObject({ ballots: 500, keys: 450, second: 50 });
    expect(rows[0]?.transactions).toBeLessThanOrEqual(11);
  });

  it("asked for after the closing are refused, whole batches of them", async () => {
    const late = await db.$transaction(async (tx) => {
      const ids: string[] = [];
      for (const voter of voters.slice(100, 150)) ids.push(await enqueue(tx, cast(voter, 3, [1])));
      return ids;
    });
    const outcomes = await Promise.allSettled(late.map((id) => waitFor(db, id)));
    expect(outcomes.every(({ status }) => status === "rejected")).toBe(true);
    const codes = await db.outboxItem.groupBy({ by: ["errorCode"], where: { id: { in: late } } });
    expect(codes.map(({ errorCode }) => errorCode)).toEqual(["round_not_open"]);
  });

  it("leave no trace of a person in outbox or tables", async () => {
    const items = await db.outboxItem.findMany({
      where: { transaction: "rounds:cast" },
      distinct: ["person"],
    });
    expect(items.map(({ person }) => person)).toEqual([people.casting.person]);
  });
});

function cast(voter: VoterKey, seq: number, choices: number[]): Command<"rounds:cast"> {
  return {
    transaction: "rounds:cast",
    input: { municipality: torino, round: "round-2026", ballots: [voter.ballot("round-2026", seq, choices)] },
    signer: signerOf(people.casting),
    subject: { type: "ballot", id: `round-2026/${voter.publicKey}` },
    orderKey: `round/round-2026/key/${voter.publicKey}`,
  };
}

/** Signed by nobody. */
function forged(command: Command<"rounds:cast">): Command<"rounds:cast"> {
  const ballots = command.input.ballots.map((ballot) => ({ ...ballot, signature: "0".repeat(128) }));
  return { ...command, input: { ...command.input, ballots } };
}

function signerOf({ person, organisation, role }: (typeof people)[keyof typeof people]) {
  return { person, organisation, role };
}
