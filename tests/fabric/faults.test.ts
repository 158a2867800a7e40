import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { organisationNamed } from "@/ledger/network/description";
import { serviceProcesses } from "@/ledger/network/lifecycle/deploy";
import { processNames } from "@/ledger/network/nodes";
import { logFile, resume, runningPid, stop } from "@/ledger/network/processes";
import { readStatus } from "@/ledger/network/status";
import { long } from "../long";
import { skewClock } from "./clock";
import { Election } from "./election";

const election = await Election.open(long ? 5_000 : 500);
const { site } = election.throwaway;
const { run } = site.folders;
const comune = organisationNamed(site.network, "comune");

test("a peer is killed: the one the application asks first", async () => {
  const name = processNames.peer(comune);
  await election.voteThrough(
    () => stop(run, name, "SIGKILL"),
    () => resume(run, name),
  );
});

test("the orderer that leads is killed", async () => {
  const { nodes } = await readStatus(site);
  const leading = organisationNamed(site.network, nodes.find(({ leads }) => leads)?.organisation ?? "");
  const name = processNames.orderer(leading);
  await election.voteThrough(
    () => stop(run, name, "SIGKILL"),
    () => resume(run, name),
  );
});

test("a chaincode process is killed: that of the peer the application asks first", async () => {
  const [name = ""] = await serviceProcesses(site, comune);
  await election.voteThrough(
    () => stop(run, name, "SIGKILL"),
    () => resume(run, name),
  );
});

test.for(["comune", "case", "garanti"])("%s is cut off from all others", async (name) => {
  const host = election.host(name);
  await election.voteThrough(
    () => host.cut(),
    () => host.mend(),
  );
});

test("the disk of an organisation is full", async () => {
  await election.voteThrough(
    () => election.disk.fill(),
    () => election.disk.clear(),
  );
});

test.for([3_600, -120])("the clocks of an organisation are %i seconds ahead", async (seconds) => {
  const names = [
    processNames.peer(comune),
    processNames.orderer(comune),
    ...(await serviceProcesses(site, comune)),
  ];
  let undo: (() => Promise<void>)[] = [];
  await election.voteThrough(
    async () => {
      const pids = await Promise.all(names.map((name) => runningPid(run, name)));
      undo = await Promise.all(pids.flatMap((pid) => (pid ? [skewClock(pid, seconds)] : [])));
      expect(undo).toHaveLength(3);
      await expect.poll(() => statedTime(processNames.peer(comune))).toSatisfy(isAbout(seconds));
    },
    () => Promise.all(undo.map((right) => right())),
  );
});

test("the database is killed", async () => {
  await election.voteThrough(
    () => election.database.kill(),
    () => election.database.restart(),
    { needed: true },
  );
});

test("the application is killed", async () => {
  await election.voteThrough(
    () => election.worker.kill(),
    async () => {
      election.worker = await election.world.startWorker();
    },
    { needed: true },
  );
});

/** The time that the last line of a process's log bears, seconds ahead of ours. */
async function statedTime(name: string): Promise<number> {
  const lines = (await readFile(logFile(run, name), "utf8")).trimEnd().split("\n");
  const { ts } = JSON.parse(lines.at(-1) ?? "") as { ts: number };
  return ts - Date.now() / 1000;
}

function isAbout(seconds: number) {
  return (stated: number) => Math.abs(stated - seconds) < 60;
}
