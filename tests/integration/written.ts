import fs from "node:fs";
import { vi } from "vitest";

/** From here on what programs write to the screen or to the log is kept in `written` instead. */
export function keepWritten(written: string[]): void {
  const keep = (...said: unknown[]) => {
    written.push(said.map(String).join(" "));
    return true;
  };
  const writeSync = fs.writeSync;
  vi.spyOn(fs, "writeSync").mockImplementation(((descriptor: number, said: string, ...more: []) => {
    if (descriptor <= 2) return keep(said) ? Buffer.byteLength(said) : 0;
    return writeSync(descriptor, said, ...more);
  }) as typeof fs.writeSync);
  for (const method of ["log", "info", "warn", "error", "debug"] as const)
    vi.spyOn(console, method).mockImplementation(keep);
}
