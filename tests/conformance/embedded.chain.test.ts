import "reflect-metadata";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { X509Crl } from "@peculiar/x509";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readConfiguration } from "@/ledger/embedded/ordering/configuration";
import { parseBlock } from "@/ledger/evidence/block";
import { bundled } from "@/lib/programs";
import { newPerson, openSession, organisationOf, registrarOf } from "@/tests/fabric/people";
import { type EmbeddedLedger, startEmbedded } from "./embedded";
import { textOf } from "./target";

vi.setConfig({ testTimeout: 90_000, hookTimeout: 30_000 });

const root = fileURLToPath(new URL("../..", import.meta.url));

let folder: string;
let data: string;
let ledger: EmbeddedLedger | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cocity-chain-"));
  data = join(folder, "data");
});
afterEach(async () => {
  await ledger?.stop();
  ledger = undefined;
  await rm(folder, { recursive: true, force: true });
});

const comune = (running: EmbeddedLedger) => organisationOf(running.connection, "comune");

describe("the chain's configuration", () => {
  it("begins with the three organisations and nobody revoked", async () => {
    ledger = await startEmbedded({ data });
    const { sequence, revocationLists } = readConfiguration(await payloadOf(ledger, 0));
    expect(sequence).toBe(0);
    expect([...revocationLists.keys()].sort()).toEqual(["CaseMSP", "ComuneMSP", "GarantiMSP"]);
    expect([...revocationLists.values()].flat()).toEqual([]);
  });

  it("tells of every revocation, also of several at once", async () => {
    ledger = await startEmbedded({ data });
    const people = await Promise.all(
      ["comune", "comune", "garanti"].map((name) =>
        newPerson(organisationOf(ledger?.connection ?? never(), name), "officer"),
      ),
    );
    await Promise.all(
      people.map(async ({ organisation, certificatePem }) => {
        const { ca, registrar } = await registrarOf(organisation);
        await ca.revoke(registrar, { certificatePem });
      }),
    );
    const { sequence, revocationLists } = readConfiguration(await payloadOf(ledger, 3));
    expect(sequence).toBe(3);
    const revoked = (mspId: string) =>
      (revocationLists.get(mspId) ?? []).flatMap((pem) => new X509Crl(pem).entries.length);
    expect(revoked("ComuneMSP")).toEqual([2]);
    expect(revoked("GarantiMSP")).toEqual([1]);
    expect(revoked("CaseMSP")).toEqual([]);
  });

  async function payloadOf(running: EmbeddedLedger, number: number): Promise<Uint8Array> {
    const person = await newPerson(organisationOf(running.connection, "case"), "coordinator");
    const session = openSession(running.connection, person);
    try {
      const bytes = await session.network
        .getContract("qscc")
        .evaluateTransaction("GetBlockByNumber", running.connection.channel, String(number));
      return parseBlock(bytes).transactions[0]?.payload ?? never();
    } finally {
      session.close();
    }
  }
});

describe("between endorsement and submission", () => {
  it("private data survives a kill of the ledger", async () => {
    ledger = await startEmbedded({ data });
    const person = await newPerson(comune(ledger), "officer");
    const before = openSession(ledger.connection, person);
    const endorsed = await before.contract
      .newProposal("putPrivate", { arguments: ["everyone", "key"], transientData: { value: "secret" } })
      .endorse();
    before.close();
    await ledger.kill();
    ledger = await startEmbedded({ data });
    const after = openSession(ledger.connection, person, comune(ledger));
    const submitted = await after.gateway.newTransaction(endorsed.getBytes()).submit();
    expect((await submitted.getStatus()).successful).toBe(true);
    const value = await after.contract.evaluateTransaction("getPrivate", "everyone", "key");
    expect(textOf(value)).toBe("secret");
    after.close();
  });
});

describe("verifying", () => {
  it("finds the whole chain right, revoked and invalid included", async () => {
    ledger = await startEmbedded({ data });
    const person = await newPerson(comune(ledger), "officer");
    const session = openSession(ledger.connection, person);
    for (let index = 0; index < 5; index++) await session.contract.submitTransaction("increment", "key");
    await session.contract
      .submit("put", { arguments: ["key", "value"], endorsingOrganizations: ["CaseMSP"] })
      .catch(() => undefined);
    session.close();
    const { ca, registrar } = await registrarOf(comune(ledger));
    await ca.revoke(registrar, { certificatePem: person.certificatePem });
    await ledger.stop();
    ledger = undefined;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [bundled("ledger/embedded/main.ts"), "--data", data, "--verify"],
      { cwd: root },
    );
    expect(JSON.parse(stdout)).toEqual({ verified: true, blocks: 8, transactions: 8 });
  });
});

function never(): never {
  throw new Error("there is nothing");
}
