import { readFile } from "node:fs/promises";
import { request } from "node:https";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CaClient } from "../client/ca-client";
import { coreYaml } from "./config/core";
import { ordererYaml } from "./config/orderer";
import type { Organisation } from "./description";
import { caOf } from "./enrolment";
import { writeWhole } from "./files";
import type { OrganisationFolders } from "./folders";
import { ProcessError, want } from "./processes";
import type { Site } from "./site";

const START_TIMEOUT_MS = 90_000;
const LOGGING = { FABRIC_LOGGING_FORMAT: "json", FABRIC_LOGGING_SPEC: "info:gossip=warn:grpc=warn" };

/** Names of an organisation's processes, as in `run/` and on the command line. */
export const processNames = {
  ca: ({ name }: Pick<Organisation, "name">) => `${name}-ca`,
  orderer: ({ name }: Pick<Organisation, "name">) => `${name}-orderer`,
  peer: ({ name }: Pick<Organisation, "name">) => `${name}-peer`,
};

/** Starts the organisation's CA server and waits until both its authorities answer. @throws ProcessError */
export async function startCa({ folders, binaries }: Site, organisation: Organisation): Promise<void> {
  const own = folders.organisation(organisation);
  await want(folders.run, {
    name: processNames.ca(organisation),
    command: [...organisation.launcher, binaries["fabric-ca-server"], "start", "--home", own.ca],
    cwd: own.ca,
    env: {},
  });
  await untilReady(`The CA of ${organisation.title}`, async () => {
    await new CaClient(await caOf(organisation, own, "tls")).chain();
    await new CaClient(await caOf(organisation, own, "identities")).chain();
  });
}

/** Starts the organisation's orderer, if it has one, and waits until it says it is well. @throws ProcessError */
export async function startOrderer({ folders, binaries }: Site, organisation: Organisation): Promise<void> {
  const { orderer } = organisation;
  if (!orderer) return;
  const own = folders.organisation(organisation);
  await writeWhole(join(own.orderer, "orderer.yaml"), ordererYaml({ ...organisation, orderer }));
  await want(folders.run, {
    name: processNames.orderer(organisation),
    command: [...organisation.launcher, binaries.orderer],
    cwd: own.orderer,
    env: { FABRIC_CFG_PATH: own.orderer, ...LOGGING },
  });
  await untilReady(`The orderer of ${organisation.title}`, async () => {
    await checkHealth(own, orderer.host, orderer.operationsPort);
    await checkListens(orderer.host, orderer.adminPort);
  });
}

/** Starts the organisation's peer and waits until it says it is well. @throws ProcessError */
export async function startPeer({ folders, binaries }: Site, organisation: Organisation): Promise<void> {
  const own = folders.organisation(organisation);
  await writePeerConfiguration(organisation, own);
  await want(folders.run, {
    name: processNames.peer(organisation),
    command: [...organisation.launcher, binaries.peer, "node", "start"],
    cwd: own.peer,
    env: { FABRIC_CFG_PATH: own.peer, COCITY_BUILDER_TLS: join(own.peer, "tls"), ...LOGGING },
  });
  const { host, operationsPort } = organisation.peer;
  await untilReady(`The peer of ${organisation.title}`, async () => {
    await checkHealth(own, host, operationsPort);
    // A peer calls itself well some moments before it listens.
    await checkListens(host, organisation.peer.port);
  });
}

/** `core.yaml` serves the `peer` command too, before there is a peer. */
export async function writePeerConfiguration(organisation: Organisation, own: OrganisationFolders) {
  await writeWhole(
    join(own.peer, "core.yaml"),
    coreYaml(organisation, { home: own.peer, builder: own.builder }),
  );
}

/** Reads one node's operations endpoint with the organisation's administrator's TLS key: metrics are not for all. */
export async function readOperations(
  own: OrganisationFolders,
  host: string,
  port: number,
  path: "/healthz" | "/metrics",
): Promise<string> {
  const tls = join(own.administrator, "tls");
  const [ca, cert, key] = await Promise.all(
    ["ca.crt", "server.crt", "server.key"].map((file) => readFile(join(tls, file))),
  );
  return new Promise((resolve, reject) => {
    const query = request({ host, port, path, ca, cert, key, timeout: 3000 }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        if (response.statusCode === 200) resolve(text);
        else reject(new ProcessError(`${path} answered ${response.statusCode}: ${text.slice(0, 300)}`));
      });
      response.on("error", reject);
    });
    query.on("timeout", () => query.destroy(new ProcessError(`${path} did not answer in 3 seconds`)));
    query.on("error", reject);
    query.end();
  });
}

/**
 * Repeats `attempt` until it succeeds.
 * @throws ProcessError with the last reason after `timeoutMs`.
 */
export async function untilReady(
  what: string,
  attempt: () => Promise<unknown>,
  timeoutMs = START_TIMEOUT_MS,
): Promise<void> {
  for (const deadline = Date.now() + timeoutMs; ; await sleep(100)) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (Date.now() < deadline) continue;
      const reason = error instanceof Error ? error.message : String(error);
      throw new ProcessError(`${what} was not ready in ${timeoutMs / 1000} seconds: ${reason}`, {
        cause: error,
      });
    }
  }
}

async function checkHealth(own: OrganisationFolders, host: string, port: number): Promise<void> {
  await readOperations(own, host, port, "/healthz");
}

/** @throws unless somebody accepts connections there. */
export async function checkListens(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: 3000 });
    socket.on("connect", () => {
      socket.destroy();
      resolve();
    });
    socket.on("timeout", () =>
      socket.destroy(new ProcessError(`${host}:${port} does not accept connections`)),
    );
    socket.on("error", reject);
  });
}
