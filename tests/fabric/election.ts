import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect } from "vitest";
import type { VoterKey } from "@/chaincode/testing/keys";
import { people, torino } from "@/chaincode/testing/people";
import { type Command, enqueue } from "@/ledger/client/outbox/enqueue";
import type { NetworkFolders } from "@/ledger/network/folders";
import { untilReady } from "@/ledger/network/nodes";
import type { PostgresqlCluster } from "@/scripts/test/postgresql";
import { databaseToKill } from "@/tests/integration/database";
import { newVoters, openRound } from "@/tests/integration/ledger/city";
import { foundTorino, knownRecoveryKeys } from "@/tests/integration/ledger/founded";
import { chaincodeDir, startWorldOn, type Worker, type World } from "@/tests/integration/ledger/world";
import { type Disk, mountDisk } from "./disk";
import { type Host, makeHosts } from "./hosts";
import { newPerson, openSession } from "./people";
import { startThrowaway, type Throwaway } from "./throwaway";

export const ROUND = "round-2026";
/** Orderers lay out 64 MiB of their log at a time. */
const diskMebibytes = 768;
type FabricLedger = Throwaway & { stop(): Promise<void> };

/** A round of Torino open on three hosts, with database and worker, and everybody's ballots to come. */
export class Election {
  #seq = 0;

  private constructor(
    readonly world: World<FabricLedger>,
    readonly hosts: readonly Host[],
    readonly voters: readonly VoterKey[],
    public worker: Worker,
    /** What all that the Comune keeps lies on. */
    readonly disk: Disk,
    readonly database: Pick<PostgresqlCluster, "kill" | "restart">,
  ) {}

  /** Call once, at the top of a test file. */
  static async open(voters: number): Promise<Election> {
    const { hosts, remove } = await makeHosts(3);
    afterAll(remove);
    let disk: Disk | undefined;
    const prepare = async (folders: NetworkFolders) => {
      const { root } = folders.organisation({ name: "comune" });
      await mkdir(root, { recursive: true });
      const mounted = await mountDisk(root, diskMebibytes);
      disk = mounted;
      return mounted.unmount;
    };
    const database = await databaseToKill();
    const world = await startWorldOn(
      async () => {
        const throwaway = await startThrowaway({
          chaincode: chaincodeDir,
          recoveryKeys: knownRecoveryKeys,
          hosts: hosts.map(({ address }) => address),
          launchers: hosts.map(({ launcher }) => launcher),
          prepare,
        });
        return { ...throwaway, stop: throwaway.remove };
      },
      async () => database,
    );
    if (!disk) throw new Error("the network was made without its disk");
    try {
      const worker = await world.startWorker();
      await foundTorino(world);
      const keys = newVoters(voters);
      await openRound(world, keys);
      return new Election(world, hosts, keys, worker, disk, database.cluster);
    } catch (error) {
      // A file that fails before it has tests has none of its hooks called.
      await world.ledger.stop();
      await Promise.all([remove(), database.cluster.stop()]);
      throw error;
    }
  }

  get throwaway(): Throwaway {
    return this.world.ledger;
  }

  host(organisation: string): Host {
    const index = this.throwaway.site.network.organisations.findIndex(({ name }) => name === organisation);
    const host = this.hosts[index];
    if (!host) throw new RangeError(`No host of ${organisation}`);
    return host;
  }

  /**
   * Everybody votes anew. Once a fifth of the ballots is recorded `strike` is called, and `repair` only when three fifths
   * are: what is struck is not needed for votes to be taken. Ends when every ballot is recorded.
   * @param needed what is struck is needed: it is repaired at once.
   */
  async voteThrough(
    strike: () => Promise<unknown>,
    repair: () => Promise<unknown>,
    { needed = false } = {},
  ): Promise<void> {
    this.#seq += 1;
    const started = Date.now();
    const acknowledged = this.#enqueueAll(this.#seq);
    // Awaited further down; until then its failure must not go unhandled.
    acknowledged.catch(() => undefined);
    await this.#untilRecorded(0.2);
    await strike();
    if (!needed) await this.#untilRecorded(0.6);
    await repair();
    await acknowledged;
    await this.#untilRecorded(1);
    const seconds = (Date.now() - started) / 1000;
    console.log(`${this.voters.length} ballots in ${seconds.toFixed(1)} s`);
    await this.#checkRecordedOnce();
    await this.checkSameChains();
  }

  /** The blocks of all organisations' peers are the same, what they hold to be valid in them too. */
  async checkSameChains(): Promise<void> {
    const { connection } = this.throwaway;
    let heights: number[] = [];
    const sessions = await Promise.all(
      connection.organisations.map(async (organisation) =>
        openSession(connection, await newPerson(organisation, "auditor"), organisation),
      ),
    );
    try {
      await untilReady("The same chain everywhere", async () => {
        heights = await Promise.all(sessions.map((session) => session.height()));
        if (new Set(heights).size > 1) throw new Error(`heights ${heights.join(", ")}`);
      });
      const digests = await Promise.all(sessions.map((session) => session.digest(heights[0] ?? 0)));
      expect(new Set(digests).size).toBe(1);
    } finally {
      for (const session of sessions) session.close();
    }
  }

  /** Each ballot until it is acknowledged: whoever is not told so asks again for the same. */
  async #enqueueAll(seq: number): Promise<void> {
    const { db } = this.world;
    const choices = [1 + (seq % 2)];
    for (let start = 0; start < this.voters.length; start += 250) {
      const commands = this.voters
        .slice(start, start + 250)
        .map((voter) => ({ ...cast(voter, seq, choices), id: randomUUID() }));
      await untilReady("The ballots' acknowledgement", () =>
        db.$transaction(
          async (tx) => {
            for (const command of commands) await enqueue(tx, command);
          },
          { timeout: 60_000 },
        ),
      );
    }
  }

  async #untilRecorded(share: number): Promise<void> {
    const target = this.voters.length * share;
    let recorded = 0;
    for (const deadline = Date.now() + 150_000; Date.now() < deadline; await sleep(100)) {
      recorded = await this.#count(`SELECT count(*)::int FROM chain.ballot WHERE seq = ${this.#seq}`).catch(
        () => recorded,
      );
      if (recorded >= target) return;
    }
    throw new Error(
      `${recorded} of ${target} ballots recorded after 150 s; the worker: ${this.worker.log().slice(-3000)}`,
    );
  }

  /** Nothing that was acknowledged is lost, nothing counts twice. */
  async #checkRecordedOnce(): Promise<void> {
    const seq = this.#seq;
    const voters = this.voters.length;
    // After a fault the tables may show a ballot before the worker has looked up what became of its item.
    await expect
      .poll(
        () =>
          this.#count(`SELECT count(*)::int FROM "OutboxItem" WHERE status = 'committed'
          AND transaction = 'rounds:cast' AND (input->'ballots'->0->>'seq')::int = ${seq}`),
        { timeout: 60_000, interval: 200 },
      )
      .toBe(voters);
    expect(await this.#count(`SELECT count(DISTINCT key)::int FROM chain.ballot WHERE seq = ${seq}`)).toBe(
      voters,
    );
    expect(await this.#count(`SELECT count(*)::int FROM chain.ballot WHERE seq = ${seq}`)).toBe(voters);
    // Each item's transaction is in a block, valid, and the tables have it from there.
    expect(
      await this.#count(`SELECT count(*)::int FROM "OutboxItem" i JOIN chain.transaction t
      ON t.id = i."transactionId" AND t.block = i.block AND t.code = 0
      WHERE i.transaction = 'rounds:cast' AND (i.input->'ballots'->0->>'seq')::int = ${seq}`),
    ).toBe(voters);
    expect(
      await this.#count(`SELECT count(*)::int FROM (SELECT command FROM chain.transaction
      WHERE code = 0 AND command IS NOT NULL GROUP BY command HAVING count(*) > 1) AS twice`),
    ).toBe(0);
  }

  async #count(sql: string): Promise<number> {
    const { rows } = await this.world.pool.query<{ count: number }>(sql);
    return rows[0]?.count ?? 0;
  }
}

export function cast(voter: VoterKey, seq: number, choices: number[]): Command<"rounds:cast"> {
  const { person, organisation, role } = people.casting;
  return {
    transaction: "rounds:cast",
    input: { municipality: torino, round: ROUND, ballots: [voter.ballot(ROUND, seq, choices)] },
    signer: { person, organisation, role },
    subject: { type: "ballot", id: `${ROUND}/${voter.publicKey}` },
    orderKey: `round/${ROUND}/key/${voter.publicKey}`,
  };
}
