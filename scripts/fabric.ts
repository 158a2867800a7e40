import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Binaries, findBinaries } from "../ledger/network/binaries";
import { DEFAULT_FIRST_PORT, networkOnOneMachine } from "../ledger/network/description";
import { networkFolders } from "../ledger/network/folders";
import { readCode } from "../ledger/network/lifecycle/code";
import { deployTo, down, readNetwork, reset, type Site, up } from "../ledger/network/network";
import { describeStatus, isWell, readStatus } from "../ledger/network/status";

const USAGE = `npm run fabric -- COMMAND

  up                  make the network, or start it, and deploy the chaincode
  status              what runs, how high the chains are, which chaincode is in force
  deploy              bring the built chaincode to every organisation
  logs [PROCESS]      what a process said last
  down                stop everything, keep everything
  reset               stop everything and delete the network, its chain and its keys

  --data FOLDER       where the network lies (default: fabric in COCITY_DATA)
  --chaincode FOLDER  the built chaincode (default: chaincode)
  --port N            first port, when the network is made (default: ${DEFAULT_FIRST_PORT})
  --no-deploy         up without chaincode
  --json              status as JSON`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: "string", default: join(process.env.COCITY_DATA ?? "data", "fabric") },
    chaincode: { type: "string", default: "chaincode" },
    port: { type: "string", default: String(DEFAULT_FIRST_PORT) },
    "no-deploy": { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});

const folders = networkFolders(resolve(values.data));
const log = (line: string) => process.stderr.write(`${line}\n`);
const print = (line: string) => process.stdout.write(`${line}\n`);

const commands: Record<string, (...args: string[]) => Promise<void>> = {
  async up() {
    const started = Date.now();
    const network = (await readNetwork(folders)) ?? networkOnOneMachine(Number(values.port));
    const site: Site = { network, folders, binaries: await binaries(), log };
    await up(site);
    if (!values["no-deploy"]) await deployTo(site, await readCode(resolve(values.chaincode)));
    log(
      `The network runs (${((Date.now() - started) / 1000).toFixed(1)} s). Connection: ${folders.connection}`,
    );
  },
  async status() {
    const here = await site();
    const status = await readStatus(here);
    print(values.json ? JSON.stringify(status, null, 2) : describeStatus(status));
    if (!isWell(here, status)) process.exitCode = 1;
  },
  async deploy() {
    const { sequence, version } = await deployTo(await site(), await readCode(resolve(values.chaincode)));
    log(`In force: ${version}, sequence ${sequence}`);
  },
  async down() {
    log((await down(folders)) ? "Stopped; everything is kept" : "Nothing runs");
  },
  async reset() {
    await reset(folders);
    log(`${folders.root} is deleted`);
  },
};

async function site(): Promise<Site> {
  const network = await readNetwork(folders);
  if (!network) throw new Error(`There is no network in ${folders.root}: make one with npm run fabric -- up`);
  return { network, folders, binaries: await binaries(), log };
}

function binaries(): Promise<Binaries> {
  return findBinaries({
    ...(process.env.FABRIC_BIN ? { given: process.env.FABRIC_BIN } : {}),
    ...(process.env.PATH ? { path: process.env.PATH } : {}),
    cache: join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "cocity"),
    log,
  });
}

const [command = "", ...args] = positionals;
const work = commands[command];
if (!work) {
  log(USAGE);
  process.exitCode = 2;
} else {
  try {
    await work(...args);
  } catch (error) {
    log(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
