import { chmod, mkdtemp, rm, stat } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { pauseLedger, readControl } from "../../scripts/data/pause";
import { startControl } from "./control";
import { openSockets, type Sockets } from "./sockets";

let folder: string;
let sockets: Sockets;
let control: { close(): Promise<void> };
const ledger = { pause: vi.fn(() => true), resume: vi.fn() };
const strangers: Socket[] = [];

beforeEach(async () => {
  vi.clearAllMocks();
  folder = await mkdtemp(join(tmpdir(), "cocity-control-"));
  sockets = await openSockets(folder);
  control = await startControl(folder, sockets.control, ledger, "postgres://nowhere");
});
afterEach(async () => {
  for (const stranger of strangers.splice(0)) stranger.destroy();
  await control.close();
  await rm(folder, { recursive: true });
});

describe("the supervisor's control", () => {
  it("lets the ledger go on when the backup ends, whoever else is connected", async () => {
    const idle = await stranger();
    const pause = await pauseLedger(await readControl(folder));
    expect(ledger.pause).toHaveBeenCalledOnce();
    expect(ledger.resume).not.toHaveBeenCalled();
    pause.end();
    await vi.waitFor(() => expect(ledger.resume).toHaveBeenCalledOnce());
    expect(idle.destroyed).toBe(false);
  });

  it("keeps it still until the last of two backups ends", async () => {
    const [first, second] = [
      await pauseLedger(await readControl(folder)),
      await pauseLedger(await readControl(folder)),
    ];
    first.end();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(ledger.resume).not.toHaveBeenCalled();
    second.end();
    await vi.waitFor(() => expect(ledger.resume).toHaveBeenCalledOnce());
  });

  it("takes the token alone, and no more bytes than it has", async () => {
    for (const sent of ["pause\n", `${"0".repeat(64)} pause\n`, "x".repeat(10_000_000)]) {
      const socket = await stranger();
      const closed = new Promise((resolve) => socket.once("close", resolve));
      socket.write(sent);
      if (sent.length < 70) socket.write("\n".repeat(100));
      await closed;
    }
    expect(ledger.pause).not.toHaveBeenCalled();
  });

  it("has room for a few", async () => {
    const many = await Promise.all(Array.from({ length: 20 }, () => stranger()));
    await vi.waitFor(() => expect(many.filter(({ destroyed }) => destroyed)).toHaveLength(12));
  });

  it("sends away whoever asks for nothing, and whoever holds on", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const idle = await stranger();
      const pause = await pauseLedger(await readControl(folder));
      vi.advanceTimersByTime(6_000);
      await vi.waitFor(() => expect(idle.destroyed).toBe(true));
      expect(ledger.resume).not.toHaveBeenCalled();
      vi.advanceTimersByTime(120_000);
      await vi.waitFor(() => expect(ledger.resume).toHaveBeenCalledOnce());
      expect(() => pause.end()).toThrow("the ledger went on");
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("the folder of the sockets", () => {
  it("is for this account alone", async () => {
    expect((await stat(sockets.folder)).mode & 0o777).toBe(0o700);
    await chmod(sockets.folder, 0o777);
    await openSockets(folder);
    expect((await stat(sockets.folder)).mode & 0o777).toBe(0o700);
  });

  it("lies elsewhere where its path would be too long, and goes afterwards", async () => {
    const far = await openSockets(join(folder, "a".repeat(100)));
    expect(far.folder.startsWith(folder)).toBe(false);
    expect((await stat(far.folder)).mode & 0o777).toBe(0o700);
    await far.remove();
    await expect(stat(far.folder)).rejects.toThrow("ENOENT");
  });
});

async function stranger(): Promise<Socket> {
  const socket = connect(sockets.control);
  strangers.push(socket);
  socket.on("error", () => undefined);
  socket.resume();
  await new Promise<void>((resolve) => socket.once("connect", () => resolve()));
  return socket;
}
