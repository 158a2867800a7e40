import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { RevocationReason } from "../ledger/client/ca-client";
import { backup, restore, restoreOrganisation } from "../ledger/network/backup";
import { type Binaries, findBinaries } from "../ledger/network/binaries";
import { describeChange, signChange, submitChange } from "../ledger/network/configuration";
import {
  DEFAULT_FIRST_PORT,
  joiningOrganisation,
  networkOnOneMachine,
  networkOnSeparateHosts,
  networkSchema,
  organisationNamed,
} from "../ledger/network/description";
import { readJson } from "../ledger/network/files";
import { networkFolders } from "../ledger/network/folders";
import { addOrganisation } from "../ledger/network/joining";
import { readCode } from "../ledger/network/lifecycle/code";
import { committedDefinition } from "../ledger/network/lifecycle/definition";
import { deploy } from "../ledger/network/lifecycle/deploy";
import { down, reset, up } from "../ledger/network/network";
import { logFile, readProcesses } from "../ledger/network/processes";
import { writeRecoveryKeys } from "../ledger/network/recovery-keys";
import { replaceOrderer } from "../ledger/network/replacement";
import { proposeRevocations, publishRevocations, revokeAtCa } from "../ledger/network/revocation";
import { writeGenesisBlock, writeSeparateHosts } from "../ledger/network/separate-hosts";
import { readNetwork, type Site } from "../ledger/network/site";
import { describeStatus, isWell, readStatus } from "../ledger/network/status";
import { buildPrograms } from "./build";

const REASONS = [
  "unspecified",
  "keycompromise",
  "affiliationchanged",
  "superseded",
  "cessationofoperation",
  "privilegewithdrawn",
] as const satisfies readonly RevocationReason[];

const USAGE = `npm run fabric -- COMMAND

  up                  make the network, or start it, and deploy the chaincode
  status              what runs, how high the chains are, which chaincode is in force
  deploy              bring the built chaincode to every organisation
  upgrade             the same, when a version is in force: votes go on being taken
  recovery-keys KEYS  configure every organisation's chaincode with recovery keys: MSPID:FINGERPRINT,…
  logs [PROCESS]      what a process said last
  down                stop everything, keep everything
  reset               stop everything and delete the network, its chain and its keys
  add-org NAME        join a further organisation to the running channel
  revoke ORG ID       revoke an identity at its CA and bring the revocation lists to the channel
  backup FOLDER       copy everything, one folder for each organisation, while the network runs
  restore FOLDER [ORG]
                      put a backup where no network is, or one organisation back into the running network
  replace-orderer ORG take an organisation's lost orderer out and an empty one in
  compose FOLDER [ORG=DOMAIN …]
                      a Compose file and a folder for each organisation's own host, without any key
  genesis FOLDER      the first block, in the folder "channel" of compose, from the public parts of all
  digest              version and SHA-256 of the built chaincode: what organisations approve
  revocations         bring the CAs' revocation lists to the channel
  change propose-revocations ORG | show FILE | sign FILE ORG | submit FILE ORG
                      the same by hand, where administrators are on different machines

  --data FOLDER       where the network lies (default: fabric in COCITY_DATA)
  --chaincode FOLDER  the built chaincode (default: chaincode)
  --port N            first port, when the network is made (default: ${DEFAULT_FIRST_PORT})
  --no-deploy         up without chaincode
  --reason WORD       of a revocation: ${REASONS.join(", ")}
  --json              status as JSON`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: "string", default: join(process.env.COCITY_DATA ?? "data", "fabric") },
    chaincode: { type: "string", default: "chaincode" },
    port: { type: "string", default: String(DEFAULT_FIRST_PORT) },
    "no-deploy": { type: "boolean", default: false },
    reason: { type: "string", default: "unspecified" },
    json: { type: "boolean", default: false },
  },
});

const folders = networkFolders(resolve(values.data));
const log = (line: string): void => void process.stderr.write(`${line}\n`);
const print = (line: string): void => void process.stdout.write(`${line}\n`);

const commands: Record<string, (...args: (string | undefined)[]) => Promise<void>> = {
  async up() {
    const started = Date.now();
    await buildPrograms();
    const network = (await readNetwork(folders)) ?? networkOnOneMachine(Number(values.port));
    const site: Site = { network, folders, binaries: await binaries(), log };
    await up(site);
    if (!values["no-deploy"]) await deploy(site, await readCode(resolve(values.chaincode)));
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
    const { sequence, version } = await deploy(await site(), await readCode(resolve(values.chaincode)));
    log(`In force: ${version}, sequence ${sequence}`);
  },
  async upgrade() {
    const here = await site();
    const before = await committedDefinition(here);
    if (!before) throw new Error("No chaincode is in force yet: use deploy");
    const { sequence, version } = await deploy(here, await readCode(resolve(values.chaincode)));
    if (sequence === before.sequence) log(`${version} is in force already: nothing to do`);
    else log(`In force: ${version}, sequence ${sequence}; it was ${before.version}`);
  },
  async "recovery-keys"(keys) {
    const here = await site();
    await writeRecoveryKeys(here.network, folders, required(keys, "recovery-keys KEYS"));
    await deploy(here, await readCode(resolve(values.chaincode)));
  },
  async logs(name) {
    const known = [...(await readProcesses(folders.run)).map((each) => each.name), "supervisor"];
    if (name === undefined) return print(known.join("\n"));
    if (!known.includes(name)) throw new Error(`No process is called ${name}; there are ${known.join(", ")}`);
    const lines = (await readFile(logFile(folders.run, name), "utf8")).trimEnd().split("\n");
    print(lines.slice(-200).join("\n"));
  },
  async "add-org"(name) {
    const here = await site();
    const newcomer = joiningOrganisation(here.network, required(name, "add-org NAME"));
    const { network, definition } = await addOrganisation(
      here,
      newcomer,
      await readCode(resolve(values.chaincode)),
    );
    log(
      `${newcomer.title} is the ${network.organisations.length}th member; sequence ${definition.sequence} names it`,
    );
  },
  async revoke(organisation, enrolmentId) {
    const here = await site();
    const usage = "revoke ORG ID";
    const reason = REASONS.find((each) => each === values.reason);
    if (!reason) throw new Error(`--reason is one of ${REASONS.join(", ")}`);
    const owner = organisationNamed(here.network, required(organisation, usage));
    await revokeAtCa(here, owner, required(enrolmentId, usage), reason);
    await publishRevocations(here);
  },
  async backup(target) {
    await backup(await site(), resolve(required(target, "backup FOLDER")));
    log(`Backed up to ${target}: it holds every organisation's keys`);
  },
  async restore(source, organisation) {
    const from = resolve(required(source, "restore FOLDER [ORG]"));
    if (organisation === undefined) await restore(from, folders);
    else
      await restoreOrganisation(await site(), from, organisation, await readCode(resolve(values.chaincode)));
    log(
      organisation === undefined ? "Restored: start it with npm run fabric -- up" : `${organisation} is back`,
    );
  },
  async "replace-orderer"(name) {
    const here = await site();
    const organisation = organisationNamed(here.network, required(name, "replace-orderer ORG"));
    const { orderer } = organisation;
    if (!orderer) throw new Error(`${organisation.title} has no orderer`);
    await replaceOrderer(here, { ...organisation, orderer });
  },
  async compose(target, ...domains) {
    const folder = resolve(required(target, "compose FOLDER [ORG=DOMAIN …]"));
    const network = networkOnSeparateHosts(Object.fromEntries(domains.map((each) => domainOf(each ?? ""))));
    const { collections } = await readCode(resolve(values.chaincode));
    await writeSeparateHosts(network, folder, collections ? await readFile(collections, "utf8") : "[]");
    log(`Written to ${folder}; ledger/network/README.md says what each organisation does with its folder`);
  },
  async genesis(channel) {
    const folder = resolve(required(channel, "genesis FOLDER"));
    const network = await readJson(join(folder, "network.json"), networkSchema);
    const file = await writeGenesisBlock(network, folder, await binaries());
    print(
      `${createHash("sha256")
        .update(await readFile(file))
        .digest("hex")}  ${file}`,
    );
  },
  async digest() {
    const { version, digest } = await readCode(resolve(values.chaincode));
    print(`${version} ${digest}`);
  },
  async revocations() {
    const changed = await publishRevocations(await site());
    log(
      changed.length === 0
        ? "The channel knows all revocations"
        : `Brought to the channel: ${changed.join(", ")}`,
    );
  },
  async change(step, first, second) {
    await changeByHand(await site(), step, first, second);
  },
  async down() {
    log((await down(folders)) ? "Stopped; everything is kept" : "Nothing runs");
  },
  async reset() {
    await reset(folders);
    log(`${folders.root} is deleted`);
  },
};

/** The way of a change between administrators on different machines: a file goes from one to the next. */
async function changeByHand(here: Site, step?: string, first?: string, second?: string): Promise<void> {
  const usage = "change propose-revocations ORG | show FILE | sign FILE ORG | submit FILE ORG";
  const file = () => resolve(required(first, usage));
  const signer = () => organisationNamed(here.network, required(second, usage));
  switch (step) {
    case "propose-revocations": {
      const proposed = await proposeRevocations(
        here,
        organisationNamed(here.network, required(first, usage)),
      );
      return print(proposed ?? "The channel knows all revocations of this organisation");
    }
    case "show":
      return print(await describeChange(here, file()));
    case "sign":
      return signChange(here, file(), signer());
    case "submit":
      return submitChange(here, file(), signer());
    default:
      throw new Error(`Usage: ${usage}`);
  }
}

function domainOf(text: string): [string, string] {
  const [name, domain] = text.split("=");
  if (!name || !domain) throw new Error(`${text} is not of the form ORG=DOMAIN`);
  return [name, domain];
}

function required(value: string | undefined, usage: string): string {
  if (value === undefined) throw new Error(`Usage: ${usage}`);
  return value;
}

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
