import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { bundleDeviceProgram } from "./device-program";

test("the device's program is small, the same whenever it is built, and knows no cookie and no storage", async () => {
  const folder = await mkdtemp(join(tmpdir(), "device-"));
  try {
    const [first, second] = [join(folder, "1.js"), join(folder, "2.js")];
    await bundleDeviceProgram(first);
    await bundleDeviceProgram(second);
    const program = await readFile(first, "utf8");
    expect(program).toBe(await readFile(second, "utf8"));
    expect(gzipSync(program).length).toBeLessThan(60_000);
    expect(program).not.toMatch(/document|cookie|localStorage|sessionStorage|indexedDB|caches\b|\beval\b/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
