import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";

vi.stubEnv("LOG_LEVEL", "silent");

let folder: string;
let server: Server | undefined;
const sockets = new Set<Socket>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cocity-scanner-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = undefined;
});

/** The string that every virus scanner takes for a virus, in two pieces so that this file is not taken for one. */
const eicar = `${"X5O!P%@AP[4\\PZX54(P^)7CC)7}"}${"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"}`;

/** Reads commands as `clamd` does: ended by a zero byte, the pieces of a stream led by their length. */
class Clamd {
  received = Buffer.alloc(0);
  #rest = Buffer.alloc(0);
  #streaming = false;

  constructor(private readonly limit = Number.POSITIVE_INFINITY) {}

  read(bytes: Buffer): string | undefined {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    if (!this.#streaming) {
      const end = this.#rest.indexOf(0);
      if (end < 0) return undefined;
      const command = this.#rest.subarray(0, end).toString();
      this.#rest = this.#rest.subarray(end + 1);
      if (command === "zPING") return "PONG\0";
      if (command !== "zINSTREAM") return "UNKNOWN COMMAND\0";
      this.#streaming = true;
    }
    while (this.#rest.length >= 4) {
      const length = this.#rest.readUInt32BE(0);
      if (length === 0) {
        const found = this.received.includes(eicar);
        return found ? "stream: Eicar-Test-Signature FOUND\0" : "stream: OK\0";
      }
      if (this.received.length + length > this.limit) return "INSTREAM size limit exceeded. ERROR\0";
      if (this.#rest.length < 4 + length) return undefined;
      this.received = Buffer.concat([this.received, this.#rest.subarray(4, 4 + length)]);
      this.#rest = this.#rest.subarray(4 + length);
    }
    return undefined;
  }
}

type Listener = (socket: Socket) => void;

/** `on` is a path, or nothing for a port. Returns the address as `CLAMAV_SOCKET` has it. */
async function listen(onConnection: Listener, on?: string): Promise<string> {
  const listening = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    onConnection(socket);
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(on ?? { port: 0, host: "127.0.0.1" }, resolve));
  return on ?? `127.0.0.1:${(listening.address() as AddressInfo).port}`;
}

function clamd(into?: Clamd[], limit?: number): Listener {
  return (socket) => {
    const one = new Clamd(limit);
    into?.push(one);
    socket.on("data", (bytes) => {
      const answer = one.read(bytes);
      if (answer !== undefined) socket.end(answer);
    });
  };
}

/** The service as it is in a process with this address. */
async function scanner(address: string | undefined) {
  vi.resetModules();
  vi.stubEnv("CLAMAV_SOCKET", address);
  return import("./scanner-service");
}

async function file(content: string | Buffer): Promise<string> {
  const path = join(folder, "file");
  await writeFile(path, content);
  return path;
}

describe("scanFile", () => {
  it.each(["a path", "a port"])("shows the whole file to the scanner at %s", async (kind) => {
    const seen: Clamd[] = [];
    const address = await listen(clamd(seen), kind === "a path" ? join(folder, "clamd.sock") : undefined);
    const bytes = Buffer.alloc(3_000_000, "Co-City ");
    const { scanFile } = await scanner(address);
    await expect(scanFile(await file(bytes), "file")).resolves.toBeUndefined();
    expect(seen[0]?.received.equals(bytes)).toBe(true);
  });

  it("refuses a file in which something was found, on the field it came from", async () => {
    const { scanFile } = await scanner(await listen(clamd()));
    await expect(scanFile(await file(`before ${eicar} after`), "actFile")).rejects.toMatchObject({
      code: "file_infected",
      status: 422,
      fields: { actFile: "file_infected" },
    });
  });

  it.each<[string, Listener]>([
    ["closes without a word", (socket) => socket.end()],
    ["says that the stream is too long", clamd(undefined, 10)],
    ["says something else", (socket) => socket.end("UNKNOWN COMMAND\0")],
    ["says half of it", (socket) => socket.end("stream: OK")],
    ["talks without end", (socket) => socket.write("x".repeat(10_000))],
  ])("keeps no file that a scanner has not found clean: one that %s", async (_, listener) => {
    const { scanFile } = await scanner(await listen(listener));
    await expect(scanFile(await file("hello ".repeat(100)), "file")).rejects.toMatchObject({
      code: "file_not_scanned",
      status: 503,
    });
  });

  it("does not wait for ever for a scanner that says nothing", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const connected = Promise.withResolvers<void>();
      const { scanFile } = await scanner(await listen(() => connected.resolve()));
      const scan = scanFile(await file("hello"), "file");
      const refused = expect(scan).rejects.toMatchObject({ code: "file_not_scanned" });
      await connected.promise;
      await vi.advanceTimersByTimeAsync(60_000);
      await refused;
    } finally {
      vi.useRealTimers();
    }
  });

  it("keeps no file where nobody listens at the address", async () => {
    const { scanFile } = await scanner(join(folder, "nobody.sock"));
    await expect(scanFile(await file("hello"), "file")).rejects.toMatchObject({ code: "file_not_scanned" });
  });

  it("keeps files unscanned where no scanner is configured", async () => {
    const { scanFile } = await scanner(undefined);
    await expect(scanFile(await file(eicar), "file")).resolves.toBeUndefined();
  });
});

describe("scannerState", () => {
  it("tells a scanner that answers, one that does not, and none", async () => {
    const { scannerState: answering } = await scanner(await listen(clamd()));
    expect(await answering()).toBe("ok");
    const { scannerState: silent } = await scanner(join(folder, "nobody.sock"));
    expect(await silent()).toBe("unreachable");
    const { scannerState: none } = await scanner(undefined);
    expect(await none()).toBe("off");
  });
});
