import { z } from "zod";
import { ChannelError, firstOrganisation, ordererArguments, peerCommand } from "../channel";
import { CommandError } from "../command";
import { endorsementPolicy, type Organisation } from "../description";
import type { Site } from "../site";
import type { Code } from "./code";
import { type ChaincodePackage, packageFolder } from "./package";

const definitionSchema = z.object({ sequence: z.number().int(), version: z.string() });
const definitionsSchema = z.object({
  chaincode_definitions: z.array(definitionSchema.extend({ name: z.string() })).default([]),
});
const approvalsSchema = z.object({ approvals: z.record(z.string(), z.boolean()) });

/** What the channel says runs on it. */
export type Definition = z.infer<typeof definitionSchema>;

/** The definition in force, as one organisation's peer knows it; undefined before the first. @throws CommandError */
export async function committedDefinition(
  site: Site,
  organisation = firstOrganisation(site),
): Promise<Definition | undefined> {
  const { channel, chaincode } = site.network;
  const text = await peerCommand(site, organisation)([...QUERY_COMMITTED, "-C", channel]);
  const { chaincode_definitions } = definitionsSchema.parse(JSON.parse(text));
  return chaincode_definitions.find(({ name }) => name === chaincode);
}

/** Which members of the channel approved the definition in force, by MSP id. @throws CommandError */
export async function committedApprovals(site: Site): Promise<Record<string, boolean>> {
  const { channel, chaincode } = site.network;
  const peer = peerCommand(site, firstOrganisation(site));
  const text = await peer([...QUERY_COMMITTED, "-C", channel, "-n", chaincode]);
  return approvalsSchema.parse(JSON.parse(text)).approvals;
}

/** Installs a package on the organisation's own peer, unless it is there. @throws CommandError */
export async function install(site: Site, organisation: Organisation, made: ChaincodePackage): Promise<void> {
  const peer = peerCommand(site, organisation);
  const installed = await peer(["lifecycle", "chaincode", "queryinstalled", "-O", "json"]);
  if (installed.includes(made.packageId)) return;
  const { archive } = packageFolder(site.folders.organisation(organisation), made.label);
  await peer(["lifecycle", "chaincode", "install", archive]);
}

/** One organisation approves a definition; the package is what its own peer will run. @throws CommandError */
export async function approve(
  site: Site,
  organisation: Organisation,
  code: Code,
  definition: Definition,
  made: ChaincodePackage,
): Promise<void> {
  try {
    await peerCommand(
      site,
      organisation,
    )([
      ...["lifecycle", "chaincode", "approveformyorg", "--package-id", made.packageId],
      ...definitionArguments(site, code, definition),
      ...ordererArguments(site, organisation),
    ]);
  } catch (error) {
    // An earlier attempt may have come as far as this.
    if (!(error instanceof CommandError && error.output.includes("with unchanged content"))) throw error;
  }
}

/**
 * Whether the organisation's peer knows which package it runs for a definition. That is private data of the organisation:
 * a peer that has lost it cannot get it from the others.
 */
export async function knowsPackage(
  site: Site,
  organisation: Organisation,
  { sequence }: Definition,
  { packageId }: ChaincodePackage,
): Promise<boolean> {
  const { channel, chaincode } = site.network;
  const approved = await peerCommand(
    site,
    organisation,
  )([
    ...["lifecycle", "chaincode", "queryapproved", "-C", channel, "-n", chaincode],
    ...["--sequence", String(sequence), "-O", "json"],
  ]).catch((error: unknown) => {
    if (error instanceof CommandError) return "";
    throw error;
  });
  return approved.includes(packageId);
}

/** Puts a definition that a majority approved into force. @throws CommandError */
export async function commit(site: Site, code: Code, definition: Definition): Promise<void> {
  const { network, folders } = site;
  const first = firstOrganisation(site);
  await peerCommand(
    site,
    first,
  )([
    ...["lifecycle", "chaincode", "commit", ...definitionArguments(site, code, definition)],
    ...ordererArguments(site, first),
    ...network.organisations.flatMap((organisation) => [
      ...["--peerAddresses", `${organisation.peer.host}:${organisation.peer.port}`],
      ...["--tlsRootCertFiles", folders.organisation(organisation).tlsRoot],
    ]),
  ]);
}

/** @throws ChannelError when the organisation's peer has not learnt of it. */
export async function checkInForce(
  site: Site,
  organisation: Organisation,
  definition: Definition,
): Promise<void> {
  const found = await committedDefinition(site, organisation);
  if (found?.sequence !== definition.sequence) throw new ChannelError("the definition has not arrived yet");
}

const QUERY_COMMITTED = ["lifecycle", "chaincode", "querycommitted", "-O", "json"];

function definitionArguments({ network }: Site, code: Code, { sequence, version }: Definition): string[] {
  return [
    ...["-C", network.channel, "-n", network.chaincode, "-v", version, "--sequence", String(sequence)],
    ...["--signature-policy", endorsementPolicy(network)],
    ...(code.collections ? ["--collections-config", code.collections] : []),
  ];
}
