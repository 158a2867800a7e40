import { constants } from "node:fs";
import { type FileHandle, open, readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

/** A process's clock cannot be skewed: another processor, or a kernel that lays its library out otherwise. */
export class ClockError extends Error {
  override readonly name = "ClockError";
}

/**
 * Skews the wall clock of a running process, and of that one alone: its `CLOCK_REALTIME` is so many seconds ahead of
 * everybody else's; what it measures durations with is left. Go's programs read the clock through the kernel's vDSO and
 * take no library of others; so, as Chaos Mesh's TimeChaos does, the vDSO's functions are written over in the process's
 * own copy of that page, by calls to the kernel that add to what it answers. Needs root and an x86-64 Linux.
 * @param seconds ahead; negative: behind
 * @returns a function that puts the clock right again, if the process still runs
 * @throws ClockError
 */
export async function skewClock(pid: number, seconds: number): Promise<() => Promise<void>> {
  if (process.arch !== "x64" || process.platform !== "linux")
    throw new ClockError(
      `clocks are only skewed on x86-64 Linux, not on ${process.platform} ${process.arch}`,
    );
  const { start, length } = await findLibrary(pid);
  const written = await withMemory(pid, async (memory) => {
    const library = Buffer.alloc(length);
    await memory.read(library, 0, length, start);
    const functions = functionsOf(library);
    const patches = Object.entries(skewed(seconds)).map(([name, code]) => {
      const found = functions.get(name);
      if (!found || found.size < code.length) throw new ClockError(`the vDSO has no room in ${name}`);
      const before = Buffer.from(library.subarray(found.offset, found.offset + code.length));
      return { at: start + found.offset, code, before };
    });
    for (const { at, code } of patches) await memory.write(code, 0, code.length, at);
    return patches;
  });
  return async () => {
    await withMemory(pid, async (memory) => {
      for (const { at, before } of written) await memory.write(before, 0, before.length, at);
    }).catch((error: unknown) => {
      if (!isGone(error)) throw error;
    });
  };
}

/** x86-64: asks the kernel, adds the seconds to a wall clock's answer, returns. */
function skewed(seconds: number): Record<string, Buffer> {
  const added = Buffer.alloc(4);
  added.writeInt32LE(seconds);
  const call = (number: number) => [0xb8, number, 0, 0, 0, 0x0f, 0x05]; // mov eax, number; syscall
  return {
    // test edi, edi; jne +7; add qword [rsi], seconds; ret: only the first clock is the wall's
    __vdso_clock_gettime: Buffer.from([
      ...call(228),
      0x85,
      0xff,
      0x75,
      0x07,
      0x48,
      0x81,
      0x06,
      ...added,
      0xc3,
    ]),
    // add qword [rdi], seconds; ret
    __vdso_gettimeofday: Buffer.from([...call(96), 0x48, 0x81, 0x07, ...added, 0xc3]),
  };
}

/** Stopped, so that no thread is within what is being written over. */
async function withMemory<T>(pid: number, work: (memory: FileHandle) => Promise<T>): Promise<T> {
  const memory = await open(`/proc/${pid}/mem`, constants.O_RDWR);
  process.kill(pid, "SIGSTOP");
  try {
    await untilStopped(pid);
    return await work(memory);
  } finally {
    process.kill(pid, "SIGCONT");
    await memory.close();
  }
}

async function untilStopped(pid: number): Promise<void> {
  for (const deadline = Date.now() + 5_000; Date.now() < deadline; await sleep(5)) {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    if (stat.slice(stat.lastIndexOf(")") + 2).startsWith("T")) return;
  }
  throw new ClockError(`process ${pid} does not stand still`);
}

async function findLibrary(pid: number): Promise<{ start: number; length: number }> {
  const maps = await readFile(`/proc/${pid}/maps`, "utf8");
  const [, from, to] = /^([0-9a-f]+)-([0-9a-f]+) .*\[vdso\]$/m.exec(maps) ?? [];
  if (!from || !to) throw new ClockError(`process ${pid} has no vDSO`);
  const start = Number.parseInt(from, 16);
  return { start, length: Number.parseInt(to, 16) - start };
}

const dynamicSymbols = 11;

/** The functions of a 64-bit ELF library, by name (`elf(5)`: section headers, then the dynamic symbols). */
function functionsOf(library: Buffer): Map<string, { offset: number; size: number }> {
  const at = (offset: number) => Number(library.readBigUInt64LE(offset));
  const [headers, headerSize, count] = [at(0x28), library.readUInt16LE(0x3a), library.readUInt16LE(0x3c)];
  const section = (index: number) => {
    const header = headers + index * headerSize;
    return {
      type: library.readUInt32LE(header + 4),
      offset: at(header + 0x18),
      size: at(header + 0x20),
      link: library.readUInt32LE(header + 0x28),
    };
  };
  const symbols = Array.from({ length: count }, (_, index) => section(index)).find(
    ({ type }) => type === dynamicSymbols,
  );
  if (!symbols) throw new ClockError("the vDSO has no symbols");
  const names = section(symbols.link).offset;
  const found = new Map<string, { offset: number; size: number }>();
  for (let symbol = symbols.offset; symbol < symbols.offset + symbols.size; symbol += 24) {
    const name = names + library.readUInt32LE(symbol);
    const text = library.toString("latin1", name, library.indexOf(0, name));
    found.set(text, { offset: at(symbol + 8), size: at(symbol + 16) });
  }
  return found;
}

function isGone(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ESRCH");
}
