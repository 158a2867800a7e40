import { type ChildProcess, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Binaries } from "@/ledger/network/binaries";
import { genesisBlock } from "@/ledger/network/channel";
import { run } from "@/ledger/network/command";
import { BFT_PROFILE } from "@/ledger/network/config/bft";
import { composeServices, HOME } from "@/ledger/network/config/compose";
import {
  networkOnSeparateHosts,
  type OrderingOrganisation,
  orderingOrganisations,
} from "@/ledger/network/description";
import { readCode } from "@/ledger/network/lifecycle/code";
import { untilReady } from "@/ledger/network/nodes";
import { writeGenesisBlock, writeSeparateHosts } from "@/ledger/network/separate-hosts";
import { type Host, makeHosts } from "./hosts";
import { conformanceChaincode, testBinaries } from "./throwaway";

/**
 * The folders of `compose` on three machines that see nothing of each other but the network: network namespaces, in
 * each of which only the organisation's own folder is mounted. No container engine: the services' own commands run
 * with the programs built here in the place of the official images.
 */
const network = networkOnSeparateHosts({});
const organisations = orderingOrganisations(network);
const children: ChildProcess[] = [];
let folder: string;
let binaries: Binaries;
let machines: Map<string, Host>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cocity-hosts-"));
  binaries = await testBinaries();
  const { hosts, remove } = await makeHosts(organisations.length);
  afterAll(remove);
  machines = new Map(organisations.map(({ name }, index) => [name, hosts[index] as Host]));
  const names = organisations
    .flatMap((each) =>
      [each.ca, each.orderer, each.peer, each.chaincode].map(({ host }) => [each.name, host]),
    )
    .map(([name = "", host]) => `${machines.get(name)?.address} ${host}\n`)
    .join("");
  for (const { name } of hosts) {
    await mkdir(`/etc/netns/${name}`, { recursive: true });
    await writeFile(`/etc/netns/${name}/hosts`, `127.0.0.1 localhost\n${names}`);
    afterAll(() => rm(`/etc/netns/${name}`, { recursive: true }));
  }
  await mkdir(HOME, { recursive: true });
});
afterAll(async () => {
  for (const child of children) if (child.pid) process.kill(-child.pid, "SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

const each = <T>(work: (organisation: OrderingOrganisation) => Promise<T>) =>
  Promise.all(organisations.map(work));
const ownFolder = ({ name }: { name: string }) => join(folder, name);

/** Before a command: runs it on the organisation's machine, where `/cocity` is its folder. */
function on({ name }: OrderingOrganisation): string[] {
  const mount = `mount --bind ${ownFolder({ name })} ${HOME} && cd ${HOME} && exec "$@"`;
  return [...(machines.get(name)?.launcher ?? []), "sh", "-c", mount, "sh"];
}

const path = () =>
  [...new Set(Object.values(binaries).map((program) => dirname(program))), process.env.PATH].join(":");

async function step(organisation: OrderingOrganisation, ...command: string[]): Promise<string> {
  const [program = "", ...args] = [...on(organisation), ...command];
  return run(program, args, { env: { PATH: path() }, timeoutMs: 120_000 });
}

/** Starts a service of the organisation's Compose file. */
function start(
  organisation: OrderingOrganisation,
  name: string,
  variables: Record<string, string> = {},
): void {
  const { command = [], working_dir = HOME, environment = {} } = composeServices(organisation)[name] ?? {};
  const fill = (word: string) =>
    word.replace(/\$\{(\w+):-\}/, (_, variable: string) => variables[variable] ?? "");
  const given = command.map(fill);
  const [shim = "", ...rest] = given[0] === "npx" ? [...chaincodeServer, ...given.slice(2)] : given;
  const [program = "", ...args] = [
    ...on(organisation),
    "sh",
    "-c",
    `cd ${working_dir} && exec "$@"`,
    "sh",
    shim,
    ...rest,
  ];
  const own = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, fill(value)]));
  const env = { ...process.env, ...own, PATH: path() };
  children.push(spawn(program, args, { env, detached: true, stdio: "ignore" }));
}

const chaincodeServer = [
  process.execPath,
  resolve("node_modules/fabric-shim/cli.js"),
  ...["--module-path", conformanceChaincode],
];

test("no folder holds a key or a secret", async () => {
  await writeSeparateHosts(
    network,
    folder,
    await readFile(join(conformanceChaincode, "collections.json"), "utf8"),
  );
  for (const file of await filesBelow(folder)) {
    const text = await readFile(file, "utf8");
    expect(text, file).not.toContain("PRIVATE KEY");
    expect(text.match(/"pass": "(.*)"/)?.[1] ?? "@BOOTSTRAP_SECRET@", file).toBe("@BOOTSTRAP_SECRET@");
  }
});

test("each organisation makes its own keys, and none of them leaves its folder", async () => {
  await each((organisation) => step(organisation, "sh", "1-secrets.sh"));
  await each(async (organisation) => start(organisation, "ca"));
  await each((organisation) =>
    untilReady(`The keys of ${organisation.title}`, () => step(organisation, "sh", "2-enrol.sh")),
  );
  const secrets = new Map<string, string>();
  for (const organisation of organisations) {
    for (const file of await filesBelow(ownFolder(organisation))) {
      const text = await readFile(file, "latin1");
      if (!text.includes("PRIVATE KEY") && !file.endsWith("bootstrap.secret")) continue;
      expect(await isPrivate(file), file).toBe(true);
      expect(file.startsWith(join(ownFolder(organisation), "public")), file).toBe(false);
      expect(secrets.get(text) ?? organisation.name, file).toBe(organisation.name);
      secrets.set(text, organisation.name);
    }
  }
  // Node, administrator and TLS keys of three organisations, and the CAs' own.
  expect(secrets.size).toBeGreaterThanOrEqual(3 * 8);
});

test("from their public parts one of them makes the first block, and the network runs", async () => {
  const channel = join(folder, "channel");
  await each((organisation) =>
    cp(join(ownFolder(organisation), "public"), join(channel, "organisations", organisation.name), {
      recursive: true,
    }),
  );
  const block = await writeGenesisBlock(network, channel, binaries);
  for (const organisation of organisations) {
    await cp(block, join(ownFolder(organisation), "genesis.block"));
    await cp(join(channel, "organisations"), join(ownFolder(organisation), "others"), { recursive: true });
    start(organisation, "orderer");
    start(organisation, "peer");
  }
  await each((organisation) =>
    untilReady(`The channel at ${organisation.title}`, () => step(organisation, "sh", "3-join.sh"), 60_000),
  );
  const { version, digest } = await readCode(conformanceChaincode);
  await each(async (organisation) => {
    const id = (await step(organisation, "sh", "4-deploy.sh", "install", version, "1", digest)).trim();
    expect(id).toMatch(/^cocity_.*:[0-9a-f]{64}$/);
    start(organisation, "chaincode-1", { CHAINCODE_ID_1: id });
  });
  await each((organisation) => step(organisation, "sh", "4-deploy.sh", "approve", version, "1", digest));
  const [comune, other, garanti] = organisations as [
    OrderingOrganisation,
    OrderingOrganisation,
    OrderingOrganisation,
  ];
  await step(comune, "sh", "4-deploy.sh", "commit", version, "1", digest);

  const invoke = [
    `. ./peer.env && peer chaincode invoke -o ${comune.orderer.host}:${comune.orderer.port} --tls`,
    `--cafile $PWD/orderer/tls/ca.crt -C cocity -n cocity --waitForEvent -c '{"Args":["put","k","v"]}'`,
    `--peerAddresses ${comune.peer.host}:${comune.peer.port} --tlsRootCertFiles $PWD/peer/tls/ca.crt`,
    `--peerAddresses ${other.peer.host}:${other.peer.port}`,
    `--tlsRootCertFiles $PWD/others/${other.name}/msp/tlscacerts/tlsca.pem`,
  ].join(" ");
  await untilReady("A transaction", () => step(comune, "sh", "-c", invoke), 60_000);
  const query = `. ./peer.env && peer chaincode query -C cocity -n cocity -c '{"Args":["get","k"]}'`;
  await untilReady("Its result with the guarantors", async () => {
    expect((await step(garanti, "sh", "-c", query)).trim()).toBe("v");
  });
});

test("configtxgen reads the four-orderer configuration for 3.x images, which is not run here", async () => {
  const bft = join(folder, "channel", "bft-not-run-here");
  expect(await readFile(join(bft, "configtx.yaml"), "utf8")).toContain("NOT RUN HERE");
  // Somebody has to stand in for the fourth.
  await cp(
    join(folder, "channel", "organisations", "garanti"),
    join(folder, "channel", "organisations", "quarta"),
    {
      recursive: true,
    },
  );
  await genesisBlock(network, bft, binaries, BFT_PROFILE);
});

async function filesBelow(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Nobody but its owner can read it: because of the file itself or of the CA's folder that it is in. */
async function isPrivate(file: string): Promise<boolean> {
  const places = [file, file.replace(/\/ca\/.*$/, "/ca")];
  const modes = await Promise.all(places.map(async (place) => (await stat(place)).mode));
  return modes.some((mode) => (mode & 0o077) === 0);
}
