import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Binaries } from "../binaries";
import { ChannelError, ordererArguments, peerCommand } from "../channel";
import { endorsementPolicy, type Network, type Organisation } from "../description";
import type { NetworkFolders } from "../folders";
import { untilReady } from "../nodes";
import { dismiss, readProcesses, want } from "../supervisor/processes";
import type { Code } from "./code";
import { type ChaincodePackage, makePackage, packageFolder } from "./package";

/** What the channel says runs on it. */
const committedSchema = z.object({
  sequence: z.number().int(),
  version: z.string(),
});
export type Definition = z.infer<typeof committedSchema>;

/** A proposal simulated by the old version may still be on its way when the new one is committed. */
const OLD_VERSION_STAYS_MS = 15_000;

/**
 * Brings a version of the chaincode to every organisation: a process and a package for each, installed and approved
 * by each, then committed to the channel. The old version's processes keep answering until the new one is
 * committed and the last of their proposals is through, so votes go on being taken.
 * @returns the committed definition. Deploying what is already committed only sees to it that its processes run.
 */
export async function deploy(
  network: Network,
  folders: NetworkFolders,
  binaries: Binaries,
  code: Code,
  options: { force?: boolean; log: (line: string) => void },
): Promise<Definition> {
  const before = await committedDefinition(network, folders, binaries);
  if (before?.version === code.version && !options.force) {
    await Promise.all(
      network.organisations.map((each) => startPackage(network, each, folders, code, before.sequence)),
    );
    return before;
  }
  const definition = { sequence: (before?.sequence ?? 0) + 1, version: code.version };
  options.log(`Installing ${network.chaincode} ${code.version} as sequence ${definition.sequence}…`);
  const packages = await Promise.all(
    network.organisations.map(async (organisation) => {
      const made = await startPackage(network, organisation, folders, code, definition.sequence);
      await install(organisation, folders, binaries, made);
      return { organisation, made };
    }),
  );
  options.log("Every organisation approves…");
  await Promise.all(
    packages.map(({ organisation, made }) =>
      approve(network, organisation, folders, binaries, code, definition, made),
    ),
  );
  await commit(network, folders, binaries, code, definition);
  await awaitDefinition(network, folders, binaries, definition);
  if (before && before.version !== code.version) {
    options.log(
      "The new version is in force; the old one's processes end when their last answers are through…",
    );
    await sleep(OLD_VERSION_STAYS_MS);
  }
  await dismissOthers(network, folders, packages);
  return definition;
}

/** The definition in force, as the first organisation's peer knows it; undefined before the first. */
export async function committedDefinition(
  network: Network,
  folders: NetworkFolders,
  binaries: Binaries,
  organisation = network.organisations[0],
): Promise<Definition | undefined> {
  if (!organisation) return undefined;
  const list = z.object({
    chaincode_definitions: z.array(committedSchema.extend({ name: z.string() })).optional(),
  });
  const text = await peerCommand(
    organisation,
    folders,
    binaries,
  )([...["lifecycle", "chaincode", "querycommitted", "-C", network.channel, "-O", "json"]]);
  const { chaincode_definitions = [] } = list.parse(JSON.parse(text));
  return chaincode_definitions.find(({ name }) => name === network.chaincode);
}

/** Which members of the channel approved the definition in force. */
export async function approvals(site: { network: Network; folders: NetworkFolders; binaries: Binaries }) {
  const { network, folders, binaries } = site;
  const [first] = network.organisations;
  if (!first) throw new ChannelError("A network without organisations");
  const text = await peerCommand(
    first,
    folders,
    binaries,
  )([
    ...[
      "lifecycle",
      "chaincode",
      "querycommitted",
      "-C",
      network.channel,
      "-n",
      network.chaincode,
      "-O",
      "json",
    ],
  ]);
  return z.object({ approvals: z.record(z.string(), z.boolean()) }).parse(JSON.parse(text)).approvals;
}

/** Makes the organisation's package if need be and asks for its process. */
export async function startPackage(
  network: Network,
  organisation: Organisation,
  folders: NetworkFolders,
  code: Code,
  sequence: number,
): Promise<ChaincodePackage> {
  const own = folders.organisation(organisation);
  const made = await makePackage(network, organisation, own, code, sequence);
  const { code: module } = packageFolder(own, made.label);
  const tls = join(own.chaincode, "tls");
  await want(folders.run, {
    name: chaincodeProcess(organisation, made),
    command: [
      ...organisation.launcher,
      ...[process.execPath, join(module, "node_modules", "fabric-shim", "cli.js"), "server"],
      ...["--chaincode-address", `${organisation.chaincode.listen}:${made.port}`],
      ...["--chaincode-id", made.packageId, "--module-path", module],
      ...["--chaincode-tls-cert-file", join(tls, "server.crt")],
      ...["--chaincode-tls-key-file", join(tls, "server.key")],
      // Only a holder of a key from the organisation's own TLS authority may call: its peer.
      ...["--chaincode-tls-client-cacert-file", join(tls, "ca.crt")],
    ],
    cwd: module,
    env: { CORE_CHAINCODE_LOGGING_LEVEL: "info" },
  });
  return made;
}

/** Installs a package on the organisation's own peer, unless it is there. */
export async function install(
  organisation: Organisation,
  folders: NetworkFolders,
  binaries: Binaries,
  made: ChaincodePackage,
): Promise<void> {
  const peer = peerCommand(organisation, folders, binaries);
  const installed = await peer(["lifecycle", "chaincode", "queryinstalled", "-O", "json"]);
  if (installed.includes(made.packageId)) return;
  const { archive } = packageFolder(folders.organisation(organisation), made.label);
  await peer(["lifecycle", "chaincode", "install", archive]);
}

/** One organisation approves a definition; its own peer's package is what it will run. */
export async function approve(
  network: Network,
  organisation: Organisation,
  folders: NetworkFolders,
  binaries: Binaries,
  code: Code,
  definition: Definition,
  made: ChaincodePackage,
): Promise<void> {
  await peerCommand(
    organisation,
    folders,
    binaries,
  )([
    ...["lifecycle", "chaincode", "approveformyorg", "--package-id", made.packageId],
    ...definitionArguments(network, code, definition),
    ...ordererArguments(network, folders, organisation),
  ]);
}

async function commit(
  network: Network,
  folders: NetworkFolders,
  binaries: Binaries,
  code: Code,
  definition: Definition,
): Promise<void> {
  const [first] = network.organisations;
  if (!first) throw new ChannelError("A network without organisations");
  await peerCommand(
    first,
    folders,
    binaries,
  )([
    ...["lifecycle", "chaincode", "commit", ...definitionArguments(network, code, definition)],
    ...ordererArguments(network, folders, first),
    ...network.organisations.flatMap((organisation) => [
      ...["--peerAddresses", `${organisation.peer.host}:${organisation.peer.port}`],
      ...["--tlsRootCertFiles", folders.organisation(organisation).tlsRoot],
    ]),
  ]);
}

/** Waits until every organisation's peer has the definition. */
async function awaitDefinition(
  network: Network,
  folders: NetworkFolders,
  binaries: Binaries,
  definition: Definition,
): Promise<void> {
  for (const organisation of network.organisations)
    await untilReady(`The chaincode at ${organisation.title}`, async () => {
      const found = await committedDefinition(network, folders, binaries, organisation);
      if (found?.sequence !== definition.sequence)
        throw new ChannelError("the definition has not arrived yet");
    });
}

function definitionArguments(network: Network, code: Code, { sequence, version }: Definition): string[] {
  return [
    ...["-C", network.channel, "-n", network.chaincode, "-v", version, "--sequence", String(sequence)],
    ...["--signature-policy", endorsementPolicy(network)],
    ...(code.collections ? ["--collections-config", code.collections] : []),
  ];
}

function chaincodeProcess({ name }: Organisation, { label }: ChaincodePackage): string {
  return `${name}-chaincode-${label.slice(label.lastIndexOf("+") + 1)}`;
}

async function dismissOthers(
  network: Network,
  folders: NetworkFolders,
  packages: readonly { organisation: Organisation; made: ChaincodePackage }[],
): Promise<void> {
  const kept = new Set(packages.map(({ organisation, made }) => chaincodeProcess(organisation, made)));
  const prefixes = network.organisations.map(({ name }) => `${name}-chaincode-`);
  for (const { name } of await readProcesses(folders.run))
    if (prefixes.some((prefix) => name.startsWith(prefix)) && !kept.has(name))
      await dismiss(folders.run, name);
}
