import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BackupError, backup, restore, restoreOrganisation } from "@/ledger/network/backup";
import { chainHeight } from "@/ledger/network/channel";
import { orderingOrganisations, organisationNamed } from "@/ledger/network/description";
import { readCode } from "@/ledger/network/lifecycle/code";
import { deploy } from "@/ledger/network/lifecycle/deploy";
import { down, up } from "@/ledger/network/network";
import { processNames, untilReady } from "@/ledger/network/nodes";
import { stop } from "@/ledger/network/processes";
import { replaceOrderer } from "@/ledger/network/replacement";
import { isWell, readStatus } from "@/ledger/network/status";
import { newPerson, openSession, organisationOf } from "./people";
import { conformanceChaincode, startThrowaway, type Throwaway } from "./throwaway";

let throwaway: Throwaway;
let saved: string;

beforeAll(async () => {
  throwaway = await startThrowaway();
  saved = await mkdtemp(join(tmpdir(), "cocity-fabric-backup-"));
});
afterAll(async () => {
  await throwaway?.remove();
  await rm(saved, { recursive: true, force: true });
});

async function put(key: string, through = "comune"): Promise<void> {
  const { connection } = throwaway;
  const organisation = organisationOf(connection, through);
  const session = openSession(connection, await newPerson(organisation, "treasurer"));
  await session.contract.submitTransaction("put", key, "1").finally(() => session.close());
}

async function get(key: string, through: string): Promise<string> {
  const { connection } = throwaway;
  const organisation = organisationOf(connection, through);
  const session = openSession(connection, await newPerson(organisation, "treasurer"));
  const read = session.contract.evaluate("get", {
    arguments: [key],
    endorsingOrganizations: [organisation.mspId],
  });
  return Buffer.from(await read.finally(() => session.close())).toString("utf8");
}

test("a backup is taken while the network runs; what was acknowledged before is in it", async () => {
  await put("before-backup");
  const folder = join(saved, "whole");
  await backup(throwaway.site, folder);
  expect((await stat(folder)).mode & 0o077).toBe(0);
  expect(isWell(throwaway.site, await readStatus(throwaway.site))).toBe(true);
  await put("after-backup");
  await expect(backup(throwaway.site, folder)).rejects.toThrow(BackupError);
});

test("an organisation that has lost everything comes back from its backup and catches up", async () => {
  const { site } = throwaway;
  await restoreOrganisation(site, join(saved, "whole"), "garanti", await readCode(conformanceChaincode));
  expect(await get("before-backup", "garanti")).toBe("1");
  await expect.poll(() => get("after-backup", "garanti"), { timeout: 30_000 }).toBe("1");
  await put("through-restored", "garanti");
  await untilReady("All nodes", async () => {
    if (!isWell(site, await readStatus(site))) throw new Error("not well");
  });
});

test("a lost orderer is replaced; the others did without it and then it orders too", async () => {
  const { site } = throwaway;
  const lost = orderingOrganisations(site.network).find(({ name }) => name === "case");
  if (!lost) throw new Error("Case has no orderer");
  await stop(site.folders.run, processNames.orderer(lost), "SIGKILL");
  await rm(join(site.folders.organisation(lost).orderer, "data"), { recursive: true });
  // It may have led: then the two others elect one of them first.
  await untilReady("Ordering without it", () => put("without-orderer"));
  await replaceOrderer(site, lost);
  const target = await chainHeight(site, organisationNamed(site.network, "comune"));
  await untilReady("The new orderer", async () => {
    const { nodes } = await readStatus(site);
    const height = nodes.find(({ organisation }) => organisation === "case")?.ordererHeight ?? 0;
    if (height < target) throw new Error(`has ${height} of ${target} blocks`);
  });
  // With a third one down, the new one's vote is needed for a majority.
  const other = organisationNamed(site.network, "garanti");
  await stop(site.folders.run, processNames.orderer(other), "SIGKILL");
  await untilReady("Ordering by two", () => put("by-the-new-one"));
});

test("a whole backup starts elsewhere and has what it had, and no more", async () => {
  const { site } = throwaway;
  await down(site.folders);
  await expect(restore(join(saved, "whole"), site.folders)).rejects.toThrow(BackupError);
  await rm(site.folders.root, { recursive: true });
  await restore(join(saved, "whole"), site.folders);
  await up(site);
  await deploy(site, await readCode(conformanceChaincode));
  for (const through of ["comune", "case", "garanti"]) {
    await expect.poll(() => get("before-backup", through), { timeout: 30_000 }).toBe("1");
    expect(await get("after-backup", through)).toBe("");
  }
  await put("after-restore");
});
