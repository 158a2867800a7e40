import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { DatabaseServer, databaseSocketName, databaseUrl } from "./server";

let database: PGlite;
let server: DatabaseServer;
let folder: string;
let socket: string;
const open: pg.Client[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cocity-server-"));
  socket = join(folder, databaseSocketName);
  // What a process that was killed has left.
  await writeFile(socket, "");
  database = await PGlite.create();
  server = await DatabaseServer.start({
    database,
    password: "secret",
    socket,
    idleInTransaction: 0.3,
    onFailure(error) {
      throw error;
    },
  });
}, 60_000);

afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.end().catch(() => undefined)));
});

afterAll(async () => {
  await server.stop();
  await database.close();
  await rm(folder, { recursive: true });
});

describe("many clients of one session", () => {
  it("each get their own rows, also when a query takes many packets", async () => {
    const large = "x".repeat(300_000);
    const asked = Array.from({ length: 8 }, async (_, number) => {
      const client = await newClient();
      for (let turn = 0; turn < 20; turn++) {
        const text = number % 2 ? "SELECT $1::int AS turn, $2 AS who, length($3) AS size" : swapped;
        const values = [turn, `client ${number}`, turn % 3 ? large : "small"];
        const { rows } = await client.query(text, values);
        expect(rows).toEqual([{ turn, who: `client ${number}`, size: turn % 3 ? 300_000 : 5 }]);
        if (turn % 5 === 0)
          await expect(client.query("SELECT nowhere, $1::int", [turn])).rejects.toThrow("nowhere");
      }
    });
    await Promise.all(asked);
  }, 60_000);

  it("wait while one of them is in a transaction", async () => {
    const [first, second] = [await newClient(), await newClient()];
    await first.query("CREATE TABLE account (amount int)");
    await first.query("BEGIN");
    await first.query("INSERT INTO account VALUES ($1)", [1]);
    const seen = second.query("SELECT count(*)::int AS count FROM account");
    await first.query("INSERT INTO account VALUES ($1)", [2]);
    await first.query("COMMIT");
    expect((await seen).rows).toEqual([{ count: 2 }]);
  });

  it("get the session back from one that dies in a transaction", async () => {
    const [first, second] = [await newClient(), await newClient()];
    await first.query("CREATE TABLE lost (amount int)");
    await first.query("BEGIN");
    await first.query("INSERT INTO lost VALUES (1)");
    const seen = second.query("SELECT count(*)::int AS count FROM lost");
    socketOf(first).destroy();
    expect((await seen).rows).toEqual([{ count: 0 }]);
  });

  it("get the session back from one that leaves a query half sent", async () => {
    const [first, second] = [await newClient(), await newClient()];
    const parse = Buffer.from("P\0\0\0\x11\0SELECT 41\0\0\0H\0\0\0\x04", "latin1");
    socketOf(first).write(parse);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const seen = second.query("SELECT $1::int AS number", [42]);
    socketOf(first).destroy();
    expect((await seen).rows).toEqual([{ number: 42 }]);
  });

  it("lose one that leaves its transaction idle", async () => {
    const [first, second] = [await newClient(), await newClient()];
    const ended = new Promise<Error>((resolve) => first.once("error", resolve));
    await first.query("BEGIN");
    const { rows } = await second.query("SELECT 1 AS one");
    expect(rows).toEqual([{ one: 1 }]);
    expect((await ended).message).toContain("idle-in-transaction");
  });

  it("are let in by password only", async () => {
    const client = new pg.Client({ connectionString: address("wrong") });
    await expect(client.connect()).rejects.toThrow("password authentication failed");
    const stranger = connect(socket);
    const answer = new Promise<Buffer>((resolve) => {
      const chunks: Buffer[] = [];
      stranger.on("data", (chunk) => chunks.push(chunk));
      stranger.on("close", () => resolve(Buffer.concat(chunks)));
    });
    const startup = Buffer.from("\0\0\0\x0e\0\x03\0\0user\0\0", "latin1");
    stranger.write(Buffer.concat([startup, Buffer.from("Q\0\0\0\x0dSELECT 1\0", "latin1")]));
    const greeting = await answer;
    expect(greeting.toString("latin1")).toBe("R\0\0\0\x08\0\0\0\x03");
  });

  it("are not listened to before they have given it, however much they announce", async () => {
    for (const begin of ["\0\0\0\x0e\0\x03\0\0user\0\0", ""]) {
      const stranger = connect(socket);
      stranger.on("error", () => undefined);
      const closed = new Promise((resolve) => stranger.on("close", resolve));
      stranger.write(Buffer.from(begin, "latin1"));
      // A message of 16 MB is announced; nobody waits for it.
      stranger.write(Buffer.from(begin ? "p\x01\0\0\0" : "\x01\0\0\0", "latin1"));
      await closed;
    }
  });

  it("are so many and no more", async () => {
    const strangers = Array.from({ length: 120 }, () => connect(socket));
    const outcomes = strangers.map(
      (stranger) =>
        new Promise<boolean>((resolve) => {
          stranger.on("error", () => resolve(false));
          stranger.on("close", () => resolve(false));
          stranger.on("data", () => resolve(true));
          stranger.write(Buffer.from("\0\0\0\x0e\0\x03\0\0user\0\0", "latin1"));
        }),
    );
    const admitted = (await Promise.all(outcomes)).filter(Boolean).length;
    expect(admitted).toBeLessThanOrEqual(100);
    expect(admitted).toBeGreaterThan(50);
    for (const stranger of strangers) stranger.destroy();
  });
});

const swapped = "SELECT length($3) AS size, $2 AS who, $1::int AS turn";

async function newClient(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: address("secret") });
  client.on("error", () => undefined);
  await client.connect();
  open.push(client);
  return client;
}

function address(password: string): string {
  return databaseUrl(socket, password);
}

/** The driver keeps its socket to itself; tests pull the plug. */
function socketOf(client: pg.Client): Socket {
  const connection: unknown = Reflect.get(client, "connection");
  const stream: unknown = Reflect.get(Object(connection), "stream");
  if (!(stream instanceof Socket)) throw new Error("the driver has no socket");
  return stream;
}
