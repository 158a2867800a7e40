import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "pg";
import { afterAll, expect, it } from "vitest";
import { people } from "@/chaincode/testing/people";
import { type Command, enqueue } from "@/ledger/client/outbox/enqueue";
import { submitAndWait } from "@/ledger/client/outbox/wait";
import { openLedgerAccess } from "@/ledger/client/process";
import { verifiedBlocks } from "@/ledger/client/projection/follow";
import { checkRebuild } from "@/ledger/client/projection/rebuild";
import { emptyChain } from "@/ledger/evidence/chain";
import { validationCodes } from "@/ledger/evidence/codes";
import { actBytes } from "@/protocol/acts/signed-act";
import { EVENT_NAME, type Event } from "@/protocol/events";
import { long } from "../long";
import { freshDatabase } from "./database";
import { Killable } from "./killable";
import { foundTorino, prepareAndSign } from "./ledger/founded";
import { subjectCommand, torino } from "./ledger/world";

const submissions = long ? 2_000 : 400;
const kills = long ? 24 : 6;
const longestPauseMs = 1_500;
/** Documents of residents, of which each corrects the one before it: their order matters. */
const chains = long ? 20 : 8;
const chainLength = long ? 20 : 10;
/** Acts of somebody in office, signed beforehand: a gesture signs so many. */
const acts = 40;
const signal = new AbortController().signal;

const { db, url } = await freshDatabase();
const processes = await Killable.start();
const pool = new Pool({ connectionString: url, max: 1 });

afterAll(() => pool.end());

it(`loses nothing acknowledged and doubles nothing in ${submissions} submissions under ${kills} kills`, {
  timeout: 600_000,
}, async () => {
  await foundTorino({ db });
  for (let chain = 0; chain < chains; chain += 1) await submitAndWait(db, commonsCommand(chain));
  const commands = shuffled([...subjects(), ...documents()]);
  const handInSigned = await signedActs();
  const acknowledged = new Map<string, { transactionId: string; block: bigint }>();

  const asking = Promise.all([ask(commands), handInSigned()]);
  const committed = () => db.outboxItem.count({ where: { status: "committed" } });
  for (const victim of Killable.order(kills)) {
    await processes.progress(committed, acknowledged.size);
    await sleep(Math.random() * longestPauseMs);
    for (const one of await settled()) acknowledged.set(one.id, one);
    await processes.kill(victim);
  }
  await asking;
  await expect.poll(openItems, { timeout: 240_000, interval: 500 }).toBe(0);

  const items = await db.outboxItem.findMany({ select: { id: true, status: true, errorCode: true } });
  expect(items.filter(({ status }) => status !== "committed")).toEqual([]);

  const { gateway } = await openLedgerAccess(processes.connectionFile, db);
  const onLedger = new Map<string, { transactionId: string; block: bigint }[]>();
  const { height } = await gateway.chainInfo();
  for await (const blocks of verifiedBlocks(gateway, emptyChain, signal, height))
    for (const block of blocks)
      for (const { code, id: transactionId, action } of block.transactions)
        if (code === validationCodes.VALID && action?.event?.name === EVENT_NAME) {
          const { command } = JSON.parse(Buffer.from(action.event.payload).toString("utf8")) as Event;
          const places = onLedger.get(command) ?? [];
          onLedger.set(command, [...places, { transactionId, block: BigInt(block.number) }]);
        }
  expect([...onLedger.values()].filter((places) => places.length !== 1)).toEqual([]);
  expect([...onLedger.keys()].sort()).toEqual(items.map(({ id }) => id).sort());
  for (const [id, { transactionId, block }] of acknowledged)
    expect(onLedger.get(id)).toEqual([{ transactionId, block }]);
  expect(acknowledged.size).toBeGreaterThan(0);

  await expect
    .poll(async () => Number((await db.chainBlock.aggregate({ _max: { number: true } }))._max.number), {
      timeout: 30_000,
    })
    .toBe(height - 1);
  expect((await checkRebuild({ gateway, pool, signal })).difference).toBeUndefined();
  gateway.close();
  console.log(
    JSON.stringify({
      submissions: commands.length + acts,
      killed: processes.killed,
      blocks: height,
      acknowledgedBefore: acknowledged.size,
    }),
  );
});

/** People keep asking while everything else comes and goes; order within a chain is the order of asking. */
async function ask(commands: readonly Command[]): Promise<void> {
  for (let start = 0; start < commands.length; start += 20) {
    await db.$transaction(async (tx) => {
      for (const command of commands.slice(start, start + 20)) await enqueue(tx, command);
    });
    await sleep(500);
  }
}

/**
 * Acts whose signatures are there, and are handed in one by one while everything else comes and goes: what is checked
 * before an act is queued needs a ledger that answers.
 */
async function signedActs(): Promise<() => Promise<void>> {
  const { person, organisation, role } = people.coordinator;
  const ids: string[] = [];
  for (let number = 0; number < acts; number += 1)
    ids.push(
      await db.$transaction((tx) =>
        enqueue(tx, {
          transaction: "commons:register",
          input: { municipality: torino, id: `signed-${number}`, kind: "square", digest: "d".repeat(64) },
          signer: { person, organisation, role },
          subject: { type: "commons", id: `signed-${number}` },
        }),
      ),
    );
  const { texts, assertion } = await prepareAndSign(people.coordinator, ids);
  const actList = texts.map((text) => createHash("sha256").update(actBytes(text)).digest("hex")).sort();
  return async () => {
    for (const id of ids) {
      await db.outboxItem.update({ where: { id }, data: { status: "queued", assertion, actList } });
      await sleep(500);
    }
  };
}

async function settled() {
  const rows = await db.outboxItem.findMany({
    where: { status: "committed" },
    select: { id: true, transactionId: true, block: true },
  });
  return rows.map(({ id, transactionId, block }) => ({
    id,
    transactionId: transactionId ?? "",
    block: block ?? -1n,
  }));
}

async function openItems(): Promise<number> {
  return db.outboxItem.count({ where: { status: { in: ["queued", "sending"] } } });
}

function subjects(): Command[] {
  return Array.from({ length: submissions - chains * chainLength - acts }, (_, index) =>
    subjectCommand(`subject-${index}`, `resident-${index % 20}`),
  );
}

function commonsCommand(chain: number): Command<"commons:register"> {
  return {
    transaction: "commons:register",
    input: { municipality: torino, id: `commons-${chain}`, kind: "square", digest: "b".repeat(64) },
    ...ofChain(chain),
  };
}

function documents(): Command[] {
  return Array.from({ length: chains * chainLength }, (_, index): Command<"documents:record"> => {
    const [chain, number] = [index % chains, Math.floor(index / chains)];
    const id = (place: number) => `document-${chain}-${place}`;
    const corrects = number > 0 ? { corrects: id(number - 1) } : {};
    const input = { municipality: torino, id: id(number), commons: `commons-${chain}`, ...corrects };
    return {
      transaction: "documents:record",
      input: { ...input, kind: "photograph", hash: "c".repeat(64) },
      ...ofChain(chain),
    };
  });
}

function ofChain(chain: number) {
  return {
    signer: { person: `resident-${chain % 5}`, organisation: "Case", role: "resident" } as const,
    subject: { type: "commons", id: `commons-${chain}` },
    orderKey: `commons/commons-${chain}`,
  };
}

/** Subjects among documents; the documents keep their own order. */
function shuffled(commands: readonly Command[]): Command[] {
  const documents = commands.filter(({ transaction }) => transaction === "documents:record");
  const mixed = commands.map((command) => ({ command, at: Math.random() })).sort((a, b) => a.at - b.at);
  return mixed.map(({ command }) =>
    command.transaction === "documents:record" ? (documents.shift() ?? command) : command,
  );
}
