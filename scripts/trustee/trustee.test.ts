import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { deriveSecretKey } from "@/voting/sealed/hpke";
import { nodePrimitives } from "@/voting/sealed/node";
import { sealTrusteeTest } from "@/voting/sealed/trustee-test";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cocity-trustee-"));
});
afterEach(() => rm(folder, { recursive: true }));

function run(args: string[], lines: string[] = []): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/trustee.ts", ...args]);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  child.stdin.end(lines.map((line) => `${line}\n`).join(""));
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, output })));
}

const [one, two] = ["una frase lunga e mia", "un’altra, perché siamo due"];

test("a key is made for two custodians, opens a test envelope, and is released by either of them", async () => {
  const files = [join(folder, "a.json"), join(folder, "b.json")] as const;
  const made = await run(["create", "round-1", ...files], [one, two]);
  expect(made).toMatchObject({ code: 0 });
  const publicKey = /Public key +([0-9a-f]{64})/.exec(made.output)?.[1] ?? "";
  expect(made.output).toMatch(/Fingerprint +(?:[0-9a-f]{4} ){7}[0-9a-f]{4}\n/);
  for (const file of files) {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, "utf8")).toContain(publicKey);
  }
  const envelope = await sealTrusteeTest(
    nodePrimitives,
    new Uint8Array(Buffer.from(publicKey, "hex")),
    deriveSecretKey(new Uint8Array(randomBytes(32))),
    new TextEncoder().encode("mela 42"),
  );
  const base64 = Buffer.from(envelope).toString("base64");
  expect((await run(["test", files[1], base64], [two])).output).toContain("It says: mela 42");
  expect(await run(["test", files[1], base64.slice(4)], [two])).toMatchObject({ code: 1 });
  const released = await Promise.all([run(["release", files[0]], [one]), run(["release", files[1]], [two])]);
  const secrets = released.map(({ output }) => /^[0-9a-f]{64}$/m.exec(output)?.[0] ?? "");
  expect(secrets[0]).toBe(secrets[1]);
  const own = await nodePrimitives.x25519PublicKey(new Uint8Array(Buffer.from(secrets[0] as string, "hex")));
  expect(Buffer.from(own).toString("hex")).toBe(publicKey);
}, 120_000);

test("nothing is shown for another passphrase or a changed file, and no file is overwritten", async () => {
  const files = [join(folder, "a.json"), join(folder, "b.json")] as const;
  await run(["create", "round-1", ...files], [one, two]);
  const wrong = await run(["release", files[0]], [two]);
  expect(wrong.code).toBe(1);
  expect(wrong.output).not.toMatch(/^[0-9a-f]{64}$/m);
  const before = await readFile(files[0], "utf8");
  expect(await run(["create", "round-1", ...files], [one, two])).toMatchObject({ code: 1 });
  expect(await readFile(files[0], "utf8")).toBe(before);
  await writeFile(files[0], before.replace('"round-1"', '"round-2"'));
  expect(await run(["release", files[0]], [one])).toMatchObject({ code: 1 });
  expect(
    await run(["create", "round-1", join(folder, "c"), join(folder, "d")], ["short", two]),
  ).toMatchObject({ code: 1 });
  expect(await run(["create", "round-1", join(folder, "c")])).toMatchObject({ code: 2 });
}, 120_000);
