import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Organisation } from "../description";
import { checkListens, untilReady } from "../nodes";
import { dismiss, readProcesses, want } from "../processes";
import { recoveryEnvironment } from "../recovery-keys";
import type { Site } from "../site";
import type { Code } from "./code";
import {
  approve,
  checkInForce,
  commit,
  committedDefinition,
  type Definition,
  install,
  knowsPackage,
} from "./definition";
import { type ChaincodePackage, makePackage, packageFolder } from "./package";
import { awaitEndorsement } from "./readiness";

/** A proposal simulated by the old version may still be on its way when the new one is committed. */
const OLD_VERSION_STAYS_MS = 15_000;

/**
 * Brings a version of the chaincode to every organisation: a process and a package for each, installed and approved
 * by each, then committed to the channel. The old version's processes keep answering until the new one is
 * committed and the last of their proposals is through, so votes go on being taken.
 * @param options.force makes a new definition of the same code, e.g. because there is a further endorser.
 * @returns the definition in force. Deploying what already is only sees to it that every organisation runs it.
 */
export async function deploy(site: Site, code: Code, options: { force?: boolean } = {}): Promise<Definition> {
  const { network, log } = site;
  const each = <T>(work: (organisation: Organisation) => Promise<T>) =>
    Promise.all(network.organisations.map(work));
  const before = await committedDefinition(site);
  if (before?.version === code.version && !options.force) {
    await each(async (organisation) => {
      const made = await startService(site, organisation, code, before.sequence);
      await install(site, organisation, made);
      if (!(await knowsPackage(site, organisation, before, made)))
        await approve(site, organisation, code, before, made);
    });
    await each((organisation) => awaitEndorsement(site, organisation));
    return before;
  }
  const definition = { sequence: (before?.sequence ?? 0) + 1, version: code.version };
  log(`Installing ${network.chaincode} ${code.version} as sequence ${definition.sequence}…`);
  const services = await each(async (organisation) => {
    const made = await startService(site, organisation, code, definition.sequence);
    await install(site, organisation, made);
    return { organisation, made };
  });
  // From the moment of the commit on peers call the new processes alone: one that was still starting would lose votes.
  await Promise.all(
    services.map(({ organisation: { title, chaincode }, made }) =>
      untilReady(`The new process of ${title}`, () => checkListens(chaincode.host, made.port)),
    ),
  );
  log("Every organisation approves…");
  await Promise.all(
    services.map(({ organisation, made }) => approve(site, organisation, code, definition, made)),
  );
  await commit(site, code, definition);
  await each((organisation) =>
    untilReady(`The chaincode at ${organisation.title}`, () => checkInForce(site, organisation, definition)),
  );
  await each((organisation) => awaitEndorsement(site, organisation));
  if (before && before.version !== code.version) {
    log("The new version is in force; the old one's processes end when their last answers are through…");
    await sleep(OLD_VERSION_STAYS_MS);
  }
  const kept = services.map(({ organisation, made }) => serviceName(organisation, made));
  await dismissOthers(site, kept);
  return definition;
}

/** Makes the organisation's package if need be and asks for its process, which only its own peer may call. */
async function startService(
  { network, folders }: Site,
  organisation: Organisation,
  code: Code,
  sequence: number,
): Promise<ChaincodePackage> {
  const own = folders.organisation(organisation);
  const made = await makePackage(network, organisation, own, code, sequence);
  const { code: module } = packageFolder(own, made.label);
  const tls = join(own.chaincode, "tls");
  await want(folders.run, {
    name: serviceName(organisation, made),
    command: [
      ...organisation.launcher,
      ...[process.execPath, join(module, "node_modules", "fabric-shim", "cli.js"), "server"],
      ...["--chaincode-address", `${organisation.chaincode.listen}:${made.port}`],
      ...["--chaincode-id", made.packageId, "--module-path", module],
      ...["--chaincode-tls-cert-file", join(tls, "server.crt")],
      ...["--chaincode-tls-key-file", join(tls, "server.key")],
      ...["--chaincode-tls-client-cacert-file", join(tls, "ca.crt")],
    ],
    cwd: module,
    env: { CORE_CHAINCODE_LOGGING_LEVEL: "info", ...(await recoveryEnvironment(own)) },
  });
  return made;
}

/** The names of an organisation's chaincode processes: two while one version follows another. */
export async function serviceProcesses({ folders }: Site, { name }: Organisation): Promise<string[]> {
  const names = (await readProcesses(folders.run)).map((each) => each.name);
  return names.filter((each) => each.startsWith(`${name}-chaincode-`));
}

/** The version's digest tells processes of two versions apart. */
function serviceName({ name }: Organisation, { label }: ChaincodePackage): string {
  return `${name}-chaincode-${label.slice(label.lastIndexOf("+") + 1)}`;
}

async function dismissOthers(site: Site, kept: readonly string[]): Promise<void> {
  for (const organisation of site.network.organisations)
    for (const name of await serviceProcesses(site, organisation))
      if (!kept.includes(name)) await dismiss(site.folders.run, name);
}
