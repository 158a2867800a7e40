import { timingSafeEqual } from "node:crypto";
import { rm } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { dirname } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { FrontendParser, type FrontendPiece } from "./frontend";

export type DatabaseServerOptions = {
  database: PGlite;
  /** Asked of every client. */
  password: string;
  /** Where it listens: a socket called `databaseSocketName`, or else a free port of loopback. */
  socket?: string;
  /** Told when PGlite itself fails: nobody knows then what state the session is in. */
  onFailure: (error: unknown) => void;
  /** Seconds that a client may leave its transaction, and with it everybody else, waiting. */
  idleInTransaction?: number;
};

/** PostgreSQL's clients are told the folder, and look for this in it. */
export const databaseSocketName = ".s.PGSQL.5432";

/** A client that has not given the password may take this much: a startup message and the password. */
const STRANGERS_MESSAGE_BYTES = 10_000;
const STRANGERS_MS = 10_000;
const MOST_CLIENTS = 100;

/**
 * Serves PGlite's single session to many PostgreSQL clients on loopback. A client has the session from the first
 * message of a piece of work to its end, and from BEGIN to COMMIT or ROLLBACK; the others wait in turn. The
 * published socket server gives the session away between two messages of one query: with parameters of some
 * hundred kilobytes a client there gets another's rows (`server.test.ts` would show it).
 */
export class DatabaseServer {
  readonly #database: PGlite;
  readonly #password: Buffer;
  readonly #idleLimit: number;
  readonly #onFailure: (error: unknown) => void;
  readonly #server: Server;
  readonly #clients = new Set<Client>();
  #queue: Client[] = [];
  #holder: Client | undefined;
  #working = false;
  #greeting: Uint8Array = new Uint8Array();

  private constructor({ database, password, onFailure, idleInTransaction = 30 }: DatabaseServerOptions) {
    this.#database = database;
    this.#password = Buffer.from(password);
    this.#onFailure = onFailure;
    this.#idleLimit = idleInTransaction * 1000;
    this.#server = createServer((socket) => this.#accept(socket));
    this.#server.maxConnections = MOST_CLIENTS;
  }

  static async start(options: DatabaseServerOptions): Promise<DatabaseServer> {
    const server = new DatabaseServer(options);
    // A process that was killed leaves its socket. Whoever starts another holds the folder's lock.
    if (options.socket !== undefined) await rm(options.socket, { force: true });
    // Every client is greeted with the same parameters, also while another one has the session.
    server.#greeting = await options.database.execProtocolRaw(startupMessage());
    await new Promise<void>((resolve, reject) => {
      server.#server.once("error", reject);
      if (options.socket === undefined) server.#server.listen(0, "127.0.0.1", resolve);
      else server.#server.listen(options.socket, resolve);
    });
    return server;
  }

  /** What a client connects with. */
  get url(): string {
    const address = this.#server.address();
    if (!address) throw new Error("the database server is not listening");
    return typeof address === "string"
      ? databaseUrl(address, this.#password.toString())
      : `postgres://postgres:${this.#password}@127.0.0.1:${address.port}/postgres`;
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const client of this.#clients) client.socket.destroy();
    await closed;
  }

  #accept(socket: Socket): void {
    socket.setNoDelay(true);
    const client: Client = {
      socket,
      parser: new FrontendParser(STRANGERS_MESSAGE_BYTES),
      admitted: false,
      work: [],
      idle: setTimeout(() => socket.destroy(), STRANGERS_MS),
    };
    this.#clients.add(client);
    socket.on("data", (chunk) => {
      try {
        for (const piece of client.parser.push(chunk)) this.#receive(client, piece);
      } catch {
        socket.destroy();
      }
    });
    socket.on("error", () => socket.destroy());
    socket.on("close", () => this.#leave(client));
  }

  #receive(client: Client, piece: FrontendPiece): void {
    if (piece.kind === "encryption") client.socket.write("N");
    else if (piece.kind === "startup") client.socket.write(askForPassword);
    else if (piece.kind === "password" && !client.admitted) this.#admit(client, piece.password);
    else if (piece.kind === "messages" && client.admitted) this.#enqueue(client, piece);
    else client.socket.end();
  }

  #admit(client: Client, password: string): void {
    const given = Buffer.from(password);
    client.admitted = given.length === this.#password.length && timingSafeEqual(given, this.#password);
    if (client.admitted) {
      clearTimeout(client.idle);
      client.parser.allowWork();
      client.socket.write(this.#greeting);
    } else client.socket.end(fatal("28P01", "password authentication failed"));
  }

  #enqueue(client: Client, { bytes, complete }: Work): void {
    clearTimeout(client.idle);
    client.work.push({ bytes, complete });
    this.#queue.push(client);
    void this.#run();
  }

  async #run(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    if (this.#holder?.socket.destroyed) await this.#rollBack();
    for (let client = this.#next(); client; client = this.#next()) {
      const work = client.work.shift();
      if (work) await this.#execute(client, work);
    }
    this.#working = false;
  }

  #next(): Client | undefined {
    const index = this.#holder ? this.#queue.indexOf(this.#holder) : 0;
    return index < 0 ? undefined : this.#queue.splice(index, 1)[0];
  }

  async #execute(client: Client, { bytes, complete }: Work): Promise<void> {
    const { socket } = client;
    try {
      await this.#database.execProtocolRawStream(bytes, {
        onRawData: (data) => void (socket.writable && socket.write(Buffer.from(data))),
      });
    } catch (error) {
      this.#onFailure(error);
      return;
    }
    const holds = !complete || this.#database.isInTransaction();
    this.#holder = holds ? client : undefined;
    if (!holds) return;
    if (socket.destroyed) await this.#rollBack();
    else if (client.work.length === 0) this.#limit(client);
  }

  #limit(client: Client): void {
    client.idle = setTimeout(() => {
      client.socket.end(fatal("25P03", "terminating connection due to idle-in-transaction timeout"));
      client.socket.destroySoon();
    }, this.#idleLimit);
  }

  #leave(client: Client): void {
    clearTimeout(client.idle);
    this.#clients.delete(client);
    this.#queue = this.#queue.filter((waiting) => waiting !== client);
    client.work = [];
    // While its work is being done, the end of that work sees that the client is gone.
    if (this.#holder === client && !this.#working) void this.#run();
  }

  /** Takes the session back from a client that left in the middle of its work. */
  async #rollBack(): Promise<void> {
    await this.#database.execProtocolRaw(syncMessage);
    if (this.#database.isInTransaction()) await this.#database.exec("ROLLBACK");
    this.#holder = undefined;
  }
}

/** The address of a server that listens on a socket called `databaseSocketName`. */
export function databaseUrl(socket: string, password: string): string {
  const folder = encodeURIComponent(dirname(socket));
  return `postgres://postgres:${password}@localhost/postgres?host=${folder}&port=5432`;
}

type Work = { bytes: Uint8Array; complete: boolean };

type Client = {
  socket: Socket;
  parser: FrontendParser;
  admitted: boolean;
  work: Work[];
  idle: NodeJS.Timeout | undefined;
};

const askForPassword = message("R", int32(3));
const syncMessage = new Uint8Array(message("S", Buffer.alloc(0)));

function startupMessage(): Uint8Array {
  const parameters = Buffer.from("user\0postgres\0database\0postgres\0client_encoding\0UTF8\0\0");
  return new Uint8Array(Buffer.concat([int32(8 + parameters.length), int32(0x0003_0000), parameters]));
}

function fatal(code: string, text: string): Buffer {
  return message("E", Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${text}\0\0`));
}

function message(type: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(type), int32(4 + body.length), body]);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
