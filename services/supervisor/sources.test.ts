import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { hashSources } from "./sources";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cocity-sources-"));
  await write("rule.ts");
  await write("python/check.py");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it.each(["rule.ts", "other.ts", "python/check.py", "python/notes.md"])("changes with %s", async (file) => {
  const before = await hashSources([folder]);
  await write(file, "changed");
  expect(await hashSources([folder])).not.toBe(before);
});

// Of these a running Co-City would be built anew beneath its readers as soon as another one is started.
it.each([
  ...["rule.test.ts", "node_modules/one/index.js", "dist/rule.js", "generated/client.ts"],
  ...["python/__pycache__/check.cpython-313.pyc", "python/.pytest_cache/README.md", ".DS_Store"],
])("does not change with %s, which running or testing leaves behind", async (file) => {
  const before = await hashSources([folder]);
  await write(file, "left behind");
  expect(await hashSources([folder])).toBe(before);
});

async function write(file: string, text = "text"): Promise<void> {
  const path = join(folder, file);
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, text);
}
