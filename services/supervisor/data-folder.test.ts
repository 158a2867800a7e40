import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readControl } from "../../scripts/data/pause";
import { SignerKeys } from "../signer/keys";
import { currentFormat, openDataFolder } from "./data-folder";
import { signerFolder } from "./sockets";

let parent: string;
let folder: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "cocity-folder-"));
  folder = join(parent, "data");
});

afterEach(async () => {
  await rm(parent, { recursive: true });
});

describe("the data folder", () => {
  it("is made with secrets that nobody else can read, and keeps them", async () => {
    const first = await openDataFolder(folder);
    expect(first.made).toBe(true);
    expect(new Set(Object.values(first.secrets)).size).toBe(Object.keys(first.secrets).length);
    for (const name of await readdir(join(folder, "secrets")))
      expect((await stat(join(folder, "secrets", name))).mode & 0o777).toBe(0o600);
    await first.release();
    const second = await openDataFolder(folder);
    expect(second.made).toBe(false);
    expect(second.secrets).toEqual(first.secrets);
    await second.release();
  });

  it("may hold a Fabric network and the trial's recovery keys before the first start", async () => {
    await SignerKeys.open(signerFolder(folder));
    await mkdir(join(folder, "fabric"));
    const first = await openDataFolder(folder);
    expect(first.made).toBe(true);
    expect((await stat(first.sockets.signer.replace(/[^/]+$/, ""))).mode & 0o777).toBe(0o700);
    await first.release();
  });

  it("says no longer how to reach a Co-City that was killed on it", async () => {
    await (await openDataFolder(folder)).release();
    await writeFile(join(folder, "control.json"), JSON.stringify({ port: 4000, token: "a" }));
    const folderAgain = await openDataFolder(folder);
    await expect(readControl(folder)).rejects.toThrow(/only just starting/);
    await folderAgain.release();
  });

  it("serves one Co-City at a time", async () => {
    const first = await openDataFolder(folder);
    await expect(openDataFolder(folder)).rejects.toThrow(/already running|già in funzione/);
    await first.release();
  });

  it("is made again when its making was cut short", async () => {
    const first = await openDataFolder(folder);
    await first.release();
    await rm(join(folder, "cocity.json"));
    for (const name of ["files", "logs", "sealed", "sockets"])
      await rm(join(folder, name), { recursive: true });
    const second = await openDataFolder(folder);
    expect(second.made).toBe(true);
    expect(second.secrets).toEqual(first.secrets);
    await second.release();
  });

  it("is refused when it holds something else", async () => {
    await writeFile(join(parent, "letter.txt"), "mine");
    await expect(openDataFolder(parent)).rejects.toThrow(/not a Co-City data folder|non è una cartella/);
    expect(await readFile(join(parent, "letter.txt"), "utf8")).toBe("mine");
  });

  it("is refused when its description is damaged or of a later version", async () => {
    await (await openDataFolder(folder)).release();
    await writeFile(join(folder, "cocity.json"), "{");
    await expect(openDataFolder(folder)).rejects.toThrow(/cocity\.json/);
    await writeFile(join(folder, "cocity.json"), JSON.stringify({ formatVersion: currentFormat + 1 }));
    await expect(openDataFolder(folder)).rejects.toThrow(/later version|versione successiva/);
  });

  it("is refused when a secret is gone or open to others", async () => {
    await (await openDataFolder(folder)).release();
    const secret = join(folder, "secrets", "key-encryption-key");
    await chmod(secret, 0o644);
    await expect(openDataFolder(folder)).rejects.toThrow(/key-encryption-key/);
    await rm(secret);
    await expect(openDataFolder(folder)).rejects.toThrow(/key-encryption-key/);
    expect(await readdir(join(folder, "secrets"))).not.toContain("key-encryption-key");
  });
});
