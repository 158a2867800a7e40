import { test } from "vitest";
import { organisationNamed } from "@/ledger/network/description";
import { serviceProcesses } from "@/ledger/network/lifecycle/deploy";
import { processNames } from "@/ledger/network/nodes";
import { readStatus } from "@/ledger/network/status";
import { resume, stop } from "@/ledger/network/supervisor/processes";
import { Election } from "./election";

const election = await Election.open(5_000);
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

test("an organisation is cut off from all others", async () => {
  const host = election.host("comune");
  await election.voteThrough(
    () => host.cut(),
    () => host.mend(),
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
