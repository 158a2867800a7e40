import { cp, mkdtemp, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CommitError, EndorseError, StatusCode } from "@hyperledger/fabric-gateway";
import { peer as peerProtos } from "@hyperledger/fabric-protos";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CaError } from "@/ledger/client/ca-client";
import { readConnection } from "@/ledger/client/connection";
import { memberGroup, proposeChange, signChange, submitChange } from "@/ledger/network/configuration";
import { joiningOrganisation, organisationNamed } from "@/ledger/network/description";
import { addOrganisation } from "@/ledger/network/joining";
import { readCode } from "@/ledger/network/lifecycle/code";
import { deploy } from "@/ledger/network/lifecycle/deploy";
import { processNames, startCa } from "@/ledger/network/nodes";
import { stop } from "@/ledger/network/processes";
import { publishRevocations, RevocationError, revokeAtCa } from "@/ledger/network/revocation";
import { isWell, readStatus } from "@/ledger/network/status";
import { newPerson, openSession, organisationOf, registrarOf } from "./people";
import { conformanceChaincode, startThrowaway, type Throwaway } from "./throwaway";

let throwaway: Throwaway;

beforeAll(async () => {
  throwaway = await startThrowaway();
});
afterAll(() => throwaway?.remove());

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("utf8");
const { ENDORSEMENT_POLICY_FAILURE } = peerProtos.TxValidationCode;

test("three organisations' nodes run and have the channel", async () => {
  const status = await readStatus(throwaway.site);
  expect(status.definition).toMatchObject({ sequence: 1 });
  expect(status.nodes.map(({ organisation }) => organisation)).toEqual(["comune", "case", "garanti"]);
  expect(isWell(throwaway.site, status)).toBe(true);
});

test("what one organisation's person writes is read through every organisation's peer", async () => {
  const { connection } = throwaway;
  const person = await newPerson(organisationOf(connection, "comune"), "treasurer");
  const session = openSession(connection, person);
  await session.contract.submitTransaction("put", "shared", "1");
  for (const through of connection.organisations) {
    const reader = openSession(connection, person, through);
    await expect.poll(async () => text(await reader.contract.evaluateTransaction("get", "shared"))).toBe("1");
    reader.close();
  }
  session.close();
});

test("one organisation's endorsement alone changes nothing", async () => {
  const { connection } = throwaway;
  const person = await newPerson(organisationOf(connection, "comune"), "treasurer");
  const session = openSession(connection, person);
  const alone = session.contract.submit("put", {
    arguments: ["alone", "1"],
    endorsingOrganizations: ["ComuneMSP"],
  });
  await expect(alone).rejects.toMatchObject({ code: ENDORSEMENT_POLICY_FAILURE });
  await expect(alone).rejects.toBeInstanceOf(CommitError);
  expect(text(await session.contract.evaluateTransaction("get", "alone"))).toBe("");
  session.close();
});

test("the application's registrar makes people, not nodes and not administrators", async () => {
  const { ca, registrar } = await registrarOf(organisationOf(throwaway.connection, "case"));
  for (const type of ["peer", "orderer", "admin"] as const)
    await expect(ca.register(registrar, { enrolmentId: `intruder-${type}`, type })).rejects.toThrow(CaError);
  await expect(
    ca.register(registrar, {
      enrolmentId: "registrar-2",
      type: "client",
      attributes: { "hf.Revoker": "true" },
    }),
  ).rejects.toThrow(CaError);
});

test("a certificate of another authority is refused though it names the same organisation", async () => {
  const { connection } = throwaway;
  const stranger = await newPerson(organisationOf(connection, "case"), "treasurer");
  const disguised = { ...stranger, organisation: organisationOf(connection, "comune") };
  const session = openSession(connection, disguised);
  await expect(session.contract.submitTransaction("put", "disguised", "1")).rejects.toThrow(EndorseError);
  session.close();
});

test("a revoked identity is refused by every organisation within a minute; others of it are not", async () => {
  const { connection, site } = throwaway;
  const organisation = organisationOf(connection, "case");
  const [revoked, other] = [
    await newPerson(organisation, "coordinator"),
    await newPerson(organisation, "coordinator"),
  ];
  const sessions = connection.organisations.map((through) => openSession(connection, revoked, through));
  for (const { contract } of sessions) await contract.evaluateTransaction("get", "shared");

  const revokedAt = Date.now();
  await revokeAtCa(site, organisationNamed(site.network, "case"), revoked.enrolmentId, "privilegewithdrawn");
  for (const { contract } of sessions)
    await expect
      .poll(
        () =>
          contract.evaluateTransaction("get", "shared").then(
            () => "answered",
            () => "refused",
          ),
        {
          timeout: 60_000 - (Date.now() - revokedAt),
          interval: 200,
        },
      )
      .toBe("refused");
  await expect(sessions[0]?.contract.submitTransaction("put", "late", "1")).rejects.toThrow(EndorseError);
  for (const session of sessions) session.close();

  const session = openSession(connection, other);
  await session.contract.submitTransaction("put", "still", "1");
  session.close();
  expect(await publishRevocations(site)).toEqual([]);
});

test("a CA that has forgotten a revocation does not make the channel forget it", async () => {
  const { site } = throwaway;
  const organisation = organisationNamed(site.network, "case");
  const own = site.folders.organisation(organisation);
  const database = join(own.identityCa, "fabric-ca-server.db");
  const ca = processNames.ca(organisation);
  await stop(site.folders.run, ca);
  await rename(database, `${database}.kept`);
  await startCa(site, organisation);
  try {
    await expect(publishRevocations(site)).rejects.toThrow(RevocationError);
  } finally {
    await stop(site.folders.run, ca);
    await rename(`${database}.kept`, database);
    await startCa(site, organisation);
  }
});

test("one organisation's administrator alone cannot change the channel, nor its own membership", async () => {
  const { site } = throwaway;
  const organisation = organisationNamed(site.network, "case");
  const forgiven = await proposeChange(site, "forgiven", (config) => {
    const msp = memberGroup(config, "Application", organisation.mspId).values.MSP;
    if (msp?.value) msp.value.config = { ...(msp.value.config as object), revocation_list: [] };
  });
  await expect(submitChange(site, forgiven, organisation)).rejects.toThrow(/policy/);
  const batches = await proposeChange(site, "batches", (config) => {
    const size = config.channel_group.groups.Orderer?.values.BatchSize;
    if (size?.value) size.value.max_message_count = 400;
  });
  await expect(submitChange(site, batches, organisation)).rejects.toThrow(/policy/);
  await signChange(site, batches, organisationNamed(site.network, "garanti"));
  await submitChange(site, batches, organisation);
});

test("a new version of the chaincode comes into force while transactions go on", async () => {
  const { connection, site } = throwaway;
  const person = await newPerson(organisationOf(connection, "garanti"), "guarantor");
  const session = openSession(connection, person);
  const folder = await mkdtemp(join(tmpdir(), "cocity-upgrade-"));
  let working = true;
  const sent: string[] = [];
  const lost: unknown[] = [];
  const work = (async () => {
    for (let number = 0; working; number++) {
      const key = `during-upgrade-${number}`;
      try {
        // Endorsed under the old definition and ordered after the new one, it is in conflict: the outbox sends such anew.
        await session.contract.submitTransaction("put", key, "1").catch((error: unknown) => {
          if (!(error instanceof CommitError) || error.code !== StatusCode.MVCC_READ_CONFLICT) throw error;
          return session.contract.submitTransaction("put", key, "1");
        });
        sent.push(key);
      } catch (error) {
        lost.push(error);
      }
    }
  })();
  try {
    await cp(conformanceChaincode, folder, { recursive: true });
    const source = await readFile(join(folder, "index.js"), "utf8");
    await writeFile(
      join(folder, "index.js"),
      source.replace("async put(", 'async version() {\n    return "second";\n  }\n\n  async put('),
    );
    await symlink(resolve("node_modules"), join(folder, "node_modules"));
    const definition = await deploy(site, await readCode(folder));
    expect(definition.sequence).toBe(2);
    await sleep(1000);
  } finally {
    working = false;
    await work;
    await rm(folder, { recursive: true, force: true });
  }
  expect(text(await session.contract.evaluateTransaction("version"))).toBe("second");
  expect(lost).toEqual([]);
  expect(sent.length).toBeGreaterThan(10);
  for (const key of sent) expect(text(await session.contract.evaluateTransaction("get", key))).toBe("1");
  session.close();
});

test("a fourth organisation joins the running channel, has the whole chain and endorses", async () => {
  const { site, connectionFile } = throwaway;
  const joined = await addOrganisation(
    site,
    joiningOrganisation(site.network, "universita"),
    await readCode(conformanceChaincode),
  );
  expect(joined.network.organisations).toHaveLength(4);
  throwaway.site = { ...site, network: joined.network };
  throwaway.connection = await readConnection(connectionFile);
  const { connection } = throwaway;
  const person = await newPerson(organisationOf(connection, "universita"), "guarantor");
  const session = openSession(connection, person);
  expect(text(await session.contract.evaluateTransaction("get", "shared"))).toBe("1");
  await session.contract.submit("put", {
    arguments: ["by-two", "1"],
    endorsingOrganizations: ["UniversitaMSP", "GarantiMSP"],
  });
  session.close();
  expect(isWell(throwaway.site, await readStatus(throwaway.site))).toBe(true);
});
