/*
 * npm run check:image: every step of the Dockerfile in fresh Debian roots, then the processes of compose.yaml as it says,
 * with PostgreSQL and the embedded ledger. Needs root, mmdebstrap, iproute2 and the registries of Debian and npm; takes
 * some minutes and three gigabytes. It stands in for a container engine: what an engine does by itself (networks,
 * restarts, secrets, the order of starts, seccomp) is not run.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { runQuietly } from "../../services/supervisor/run";
import { buildImage } from "./image";
import { copyContext, type Root, runIn, unpack } from "./root";
import type { Description } from "./serve";

/** In tenths, of the hundred that a unit without any protection has. */
const MOST_EXPOSURE = 15;

if (process.getuid?.() !== 0) {
  console.error("npm run check:image changes roots and mounts: only root may");
  process.exit(2);
}
const folder = await mkdtemp("/var/tmp/cocity-image-");
const began = Date.now();
try {
  const { root, base } = await buildImage("Dockerfile", folder, say);
  say("a root with PostgreSQL and systemd");
  const database = await unpack(base, join(folder, "database"));
  await runIn(database, "apt-get update && apt-get install -y --no-install-recommends postgresql systemd");
  say("the units of deploy/systemd");
  await checkUnits(database);
  await runQuietly("sh", ["deploy/make-environment.sh", join(folder, "environment")]);
  const description: Description = { image: root, database, folder };
  const served = spawn(
    "unshare",
    [
      ...["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"],
      ...[process.execPath, "--import", "tsx", "deploy/check/serve.ts", JSON.stringify(description)],
    ],
    { stdio: ["ignore", "inherit", "inherit"] },
  );
  const [code] = await once(served, "exit");
  process.exitCode = code === 0 ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Accounts are made and units read by systemd's own programs; nothing is started, since no systemd runs here. */
async function checkUnits(host: Root): Promise<void> {
  const files = await runQuietly("git", ["ls-files", "-co", "--exclude-standard", "deploy/systemd"]);
  await copyContext(host, files.trim().split("\n"), "/etc/systemd/system/");
  for (const accounts of ["cocity", "cocity-parts"])
    await runIn(host, `systemd-sysusers /etc/systemd/system/${accounts}.sysusers.conf`);
  await runIn(host, "mkdir -p /etc/systemd/system/cocity-.service.d");
  await runIn(host, "mv /etc/systemd/system/least-privileges.conf /etc/systemd/system/cocity-.service.d/");
  // What the units start has to be there: the first stage's node would be 120 MB more.
  await runIn(host, "install -D /bin/true /opt/cocity/node_modules/node/bin/node");
  const processes = ["site", "worker", "housekeeping", "migrate"];
  const parts = ["issuer", "relay", "copy-keeper", "opener", "check-page"];
  const units = [...processes, ...parts].map((name) => `cocity-${name}.service`);
  await runIn(host, `systemd-analyze verify --man=no ${units.join(" ")} cocity.target`);
  for (const unit of units)
    await runIn(
      host,
      `systemd-analyze security --no-pager --offline=true --threshold=${MOST_EXPOSURE} ${unit}`,
    );
}

function say(line: string): void {
  console.error(`\n${((Date.now() - began) / 1000).toFixed(0).padStart(5)} s  ${line}`);
}
