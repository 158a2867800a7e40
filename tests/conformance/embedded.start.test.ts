import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { newPerson, openSession, organisationOf, type Person, registrarOf } from "@/tests/fabric/people";
import { type EmbeddedLedger, EmbeddedStartError, startEmbedded } from "./embedded";
import { failureOf, textOf } from "./target";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 });

let folder: string;
let data: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cocity-start-"));
  data = join(folder, "data");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const comune = (ledger: EmbeddedLedger) => organisationOf(ledger.connection, "comune");

async function submit(ledger: EmbeddedLedger, person: Person, ...args: [name: string, ...string[]]) {
  const session = openSession(ledger.connection, person, comune(ledger));
  try {
    return textOf(await session.contract.submitTransaction(...args));
  } finally {
    session.close();
  }
}

async function startFailure(options: Parameters<typeof startEmbedded>[0]): Promise<EmbeddedStartError> {
  const error = await failureOf(startEmbedded(options));
  expect(error).toBeInstanceOf(EmbeddedStartError);
  return error as EmbeddedStartError;
}

describe("a data folder", () => {
  it("keeps state, keys and people over a restart", async () => {
    const first = await startEmbedded({ data });
    const person = await newPerson(comune(first), "officer");
    await submit(first, person, "put", "kept", "value");
    expect(await first.stop()).toBe(0);
    const second = await startEmbedded({ data });
    try {
      expect(second.height).toBe(2);
      expect(await submit(second, person, "get", "kept")).toBe("value");
      await newPerson(comune(second), "officer");
    } finally {
      await second.stop();
    }
  });

  it("keeps a revocation over a restart", async () => {
    const first = await startEmbedded({ data });
    const person = await newPerson(comune(first), "officer");
    const { ca, registrar } = await registrarOf(comune(first));
    const list = await ca.revoke(registrar, { enrolmentId: person.enrolmentId });
    expect(list).toContain("X509 CRL");
    await first.stop();
    const second = await startEmbedded({ data });
    try {
      expect(second.height).toBe(2);
      await expect(submit(second, person, "put", "key", "value")).rejects.toThrow("ABORTED");
    } finally {
      await second.stop();
    }
  });

  it("holds private keys that only its owner can read", async () => {
    const ledger = await startEmbedded({ data });
    await ledger.stop();
    const names = await readdir(join(data, "identity"), { recursive: true });
    const secret = names.filter((name) => /\.key$|registrar\.json$/.test(name));
    expect(secret.length).toBeGreaterThanOrEqual(12);
    for (const name of secret) expect((await stat(join(data, "identity", name))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(data, "connection.json"), "utf8")).not.toContain("PRIVATE KEY");
  });

  it("is used by one ledger at a time", async () => {
    const ledger = await startEmbedded({ data });
    try {
      const error = await startFailure({ data });
      expect(error.exitCode).toBe(1);
      expect(error.output).toContain("Another ledger is running on the data folder");
    } finally {
      await ledger.stop();
    }
  });

  it("is not made of somebody's other folder", async () => {
    await mkdir(data);
    await writeFile(join(data, "diary.txt"), "mine");
    const error = await startFailure({ data });
    expect(error.exitCode).toBe(1);
    expect(error.output).toContain("is not a ledger's data folder");
    expect(await readdir(data)).toEqual(["diary.txt"]);
  });

  it("of a later version is refused", async () => {
    await (await startEmbedded({ data })).stop();
    await writeFile(join(data, "format.json"), JSON.stringify({ formatVersion: 999 }));
    const error = await startFailure({ data });
    expect(error.exitCode).toBe(1);
    expect(error.output).toContain("was written by a later version of the ledger");
  });

  it("with a damaged block is refused, and the block is named", async () => {
    const ledger = await startEmbedded({ data });
    const person = await newPerson(comune(ledger), "officer");
    await submit(ledger, person, "put", "key", "value");
    await submit(ledger, person, "put", "key", "value");
    await ledger.stop();
    const names = await readdir(join(data, "ledger"));
    const file = join(data, "ledger", names.find((name) => name.startsWith("blocks")) ?? "");
    const bytes = await readFile(file);
    const at = Math.floor(bytes.length / 2);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    await writeFile(file, bytes);
    const error = await startFailure({ data });
    expect(error.exitCode).toBe(1);
    expect(error.output).toMatch(/block \d+/);
    expect(await readFile(file)).toEqual(bytes);
  });

  it("of another channel is refused", async () => {
    await (await startEmbedded({ data })).stop();
    const error = await startFailure({ data, args: ["--channel", "elsewhere"] });
    expect(error.exitCode).toBe(1);
    expect(error.output).toContain("The data folder holds the channel cocity, not elsewhere");
  });

  it("with a damaged key is refused", async () => {
    await (await startEmbedded({ data })).stop();
    await writeFile(join(data, "identity/comune/ca.pem"), "nothing");
    const error = await startFailure({ data });
    expect(error.output).toContain("Restore the folder from a backup");
  });
});

describe("starting", () => {
  it("names a port that is taken", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address ? String(address.port) : "";
    try {
      for (const option of ["--port", "--ca-port"]) {
        const error = await startFailure({ data, args: [option, port] });
        expect(error.exitCode).toBe(1);
        expect(error.output).toContain(`The port ${port} for the`);
      }
    } finally {
      server.close();
    }
  });

  it("says what the chaincode said when it does not come up", async () => {
    const chaincodeDir = join(folder, "broken");
    await mkdir(chaincodeDir);
    await writeFile(join(chaincodeDir, "package.json"), JSON.stringify({ main: "index.js" }));
    const missing = await startFailure({ data, chaincodeDir });
    expect(missing.output).toContain("The chaincode is not built");
  });

  it("explains its arguments", async () => {
    const error = await startFailure({ data, args: ["--batch-count", "many"] });
    expect(error.exitCode).toBe(2);
    expect(error.output).toContain("--batch-count needs a whole number, not 'many'");
  });

  it("listens on the loopback interface alone", async () => {
    const ledger = await startEmbedded({ data });
    try {
      const tables = await Promise.all(
        ["/proc/net/tcp", "/proc/net/tcp6"].map((file) => readFile(file, "utf8").catch(() => "")),
      );
      const { endpoint } = ledger.connection.organisations[0]?.peers[0] ?? { endpoint: ":0" };
      const hex = Number(endpoint.split(":")[1]).toString(16).toUpperCase().padStart(4, "0");
      const local = tables
        .join("\n")
        .split("\n")
        .map((line) => line.trim().split(/\s+/)[1] ?? "")
        .filter((address) => address.endsWith(`:${hex}`));
      for (const address of local) expect(address).toBe(`0100007F:${hex}`);
    } finally {
      await ledger.stop();
    }
  });
});
