/** Packs the chaincode, installs it alone in an empty folder, starts it there and talks to it as a peer does. */
import "reflect-metadata";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { torino } from "@/chaincode/testing/people";
import { configuredRecoveryKeys, storyFounding } from "@/chaincode/testing/register";
import { CertificateAuthority, pemOf } from "@/ledger/embedded/ca/authority";
import { generateKeys } from "@/ledger/embedded/ca/keys";
import { parseRuleError } from "@/protocol/errors";
import { EVENT_NAME, Event } from "@/protocol/events";
import { transactions } from "@/protocol/transactions";
import { RECORD_VERSION } from "@/protocol/upgrade";
import { freePort } from "@/tests/free-port";
import { type Creator, MiniaturePeer } from "./miniature-peer";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "cocity-chaincode-"));
const chaincodeId = "cocity:1";
let server: ChildProcess | undefined;
let peer: MiniaturePeer;
let output = "";

beforeAll(async () => {
  const npm = (args: string[], cwd: string) => execFileSync("npm", args, { cwd, stdio: "pipe" }).toString();
  npm(["run", "build", "-w", "chaincode"], root);
  npm(["pack", "-w", "chaincode", "--pack-destination", folder], root);
  const [archive] = readdirSync(folder);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "empty", private: true }));
  npm(["install", "--no-audit", "--no-fund", "--omit=dev", `./${archive}`], folder);

  const address = `127.0.0.1:${await freePort()}`;
  const installed = join(folder, "node_modules/@cocity/chaincode");
  const shim = join(folder, "node_modules/.bin/fabric-chaincode-node");
  server = spawn(shim, ["server", "--chaincode-address", address, "--chaincode-id", chaincodeId], {
    cwd: installed,
    env: { ...process.env, COCITY_RECOVERY_KEYS: [...configuredRecoveryKeys].join(",") },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [server.stdout, server.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const connected = await MiniaturePeer.connect(address, Date.now() + 60_000).catch((error: unknown) => {
    throw new Error(`the chaincode did not start: ${String(error)}\n${output}`);
  });
  peer = connected.peer;
  expect(connected.name).toBe(chaincodeId);
}, 240_000);

afterAll(() => {
  peer?.close();
  server?.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

test("the package holds only what is built", () => {
  const installed = join(folder, "node_modules/@cocity/chaincode");
  expect(readdirSync(installed).sort()).toEqual(["README.md", "dist", "package.json"]);
  expect(existsSync(join(folder, "node_modules/zod"))).toBe(false);
});

test("every transaction of the protocol has its function, with one text argument", async () => {
  const answer = await peer.invoke(await certified("Citta", {}), "org.hyperledger.fabric:GetMetadata");
  expect(answer.message).toBe("");
  const { contracts } = JSON.parse(answer.payload) as {
    contracts: Record<string, { transactions: { name: string; parameters?: { schema: unknown }[] }[] }>;
  };
  const offered = Object.entries(contracts)
    .filter(([contract]) => contract !== "org.hyperledger.fabric")
    .flatMap(([contract, { transactions }]) =>
      transactions.map(({ name, parameters }) => {
        expect(parameters?.map(({ schema }) => schema)).toEqual([{ type: "string" }]);
        return `${contract}:${name}`;
      }),
    );
  const expected = [
    ...Object.keys(transactions),
    "records:get",
    "records:history",
    "records:list",
    "records:envelopes",
  ];
  expect(offered.sort()).toEqual(expected.sort());
});

test("a municipality is founded, a transaction is carried out, and each sets its event", async () => {
  const service = await programOf("Citta");
  const founding = storyFounding();
  const found = await peer.invoke(service, "municipality:found", carried(founding));
  expect(found).toMatchObject({ status: 200, event: { name: EVENT_NAME } });
  const first = Event.parse(JSON.parse(found.event?.payload ?? ""));
  expect(first).toMatchObject({ transaction: "municipality:found", day: founding.day });

  const input = { command: randomUUID(), municipality: torino, day: "2026-01-02" };
  const done = await peer.invoke(service, "municipality:advanceDay", carried(input));
  const event = Event.parse(JSON.parse(done.event?.payload ?? ""));
  expect(event).toMatchObject({
    ...{ transaction: "municipality:advanceDay", day: "2026-01-02" },
    ...{ actor: { organisation: "Comune", person: "service-citta" }, entries: [{ type: "day" }] },
  });

  const again = await peer.invoke(service, "municipality:advanceDay", carried(input));
  expect(again.status).toBe(500);
  expect(parseRuleError(again.message)).toMatchObject({
    code: "already_done",
    params: { txId: JSON.parse(done.payload).txId },
  });
  const read = { municipality: torino, type: "day", idParts: ["day"] };
  const record = await peer.invoke(service, "records:get", JSON.stringify(read));
  expect(JSON.parse(record.payload)).toEqual({
    ...{ municipality: torino, id: "day", day: "2026-01-02" },
    schema: RECORD_VERSION,
  });
});

test.each([
  ["no attributes", {}],
  ["no person", { "cocity.role": "administrator", "cocity.municipality": torino }],
  [
    "a role no protocol knows",
    { "cocity.role": "owner", "cocity.municipality": torino, "cocity.person": "person-1" },
  ],
])("a certificate with %s is refused", async (_, attributes) => {
  const answer = await peer.invoke(await certified("Citta", attributes), "rounds:open", "{}");
  expect(answer.status).toBe(500);
  expect(parseRuleError(answer.message)?.code).toBe("wrong_certificate");
  expect(answer.event).toBeUndefined();
});

test("a program of an MSP that the municipality does not name carries nothing", async () => {
  const input = { command: randomUUID(), municipality: torino, day: "2026-01-03" };
  const answer = await peer.invoke(await programOf("Other"), "municipality:advanceDay", carried(input));
  expect(parseRuleError(answer.message)?.code).toBe("wrong_carrier");
  expect(answer.event).toBeUndefined();
});

/** What a program submits for itself. */
function carried(input: object): string {
  return JSON.stringify({ by: "service", input });
}

function programOf(organisation: string): Promise<Creator> {
  return certified(organisation, {
    "cocity.role": "service",
    "cocity.municipality": torino,
    "cocity.person": `service-${organisation.toLowerCase()}`,
  });
}

async function certified(organisation: string, attributes: Record<string, string>): Promise<Creator> {
  const ca = await CertificateAuthority.create(`ca.${organisation}`, organisation);
  const authority = await CertificateAuthority.open(ca.certificatePem, ca.privateKeyPem);
  const { keys } = await generateKeys();
  const certificate = await authority.issue({
    subject: { commonName: "random" },
    publicKey: keys.publicKey,
    lifetimeSeconds: 3600,
    attributes,
  });
  return { mspId: `${organisation}MSP`, certificatePem: pemOf(certificate) };
}
