import { dirname, join } from "node:path";
import { ChannelError, chainHeight, firstOrganisation, joinPeer, MAJORITY_OF } from "./channel";
import { run } from "./command";
import { joiningConfigtxYaml } from "./config/configtx";
import { applyChange, type ConfigGroup, groupSchema, readConfiguration } from "./configuration";
import { type Network, networkSchema, type Organisation } from "./description";
import { writeWhole } from "./files";
import { placesIn } from "./folders";
import type { Code } from "./lifecycle/code";
import { committedApprovals, type Definition } from "./lifecycle/definition";
import { deploy } from "./lifecycle/deploy";
import { prepareOrganisation } from "./network";
import { startPeer, untilReady } from "./nodes";
import { type Site, writeConnection, writeNetwork } from "./site";

/**
 * Joins a further organisation to the running channel: its CA and keys, its membership (signed by a majority of the
 * members), its peer with the whole chain, and a new definition of the chaincode in which it endorses too.
 * Interrupted, it goes on where it was when called again.
 * @returns the network with it. @throws ChannelError when it endorses already.
 */
export async function addOrganisation(
  site: Site,
  organisation: Organisation,
  code: Code,
): Promise<{ network: Network; definition: Definition }> {
  const { folders, log } = site;
  const { mspId, name, title } = organisation;
  const others = site.network.organisations.filter((member) => member.name !== name);
  const network = networkSchema.parse({ ...site.network, organisations: [...others, organisation] });
  log(`Keys of ${title}…`);
  await prepareOrganisation(site, organisation);
  const config = await readConfiguration(site);
  if (config.channel_group.groups.Application?.groups[mspId] === undefined) {
    const group = await membership(site, organisation);
    await applyChange(
      { ...site, network: { ...network, organisations: others } },
      `join-${name}`,
      (updated) => {
        const application = updated.channel_group.groups.Application;
        if (!application) throw new ChannelError("The channel has no Application group");
        application.groups[mspId] = group;
      },
    );
  }
  await writeNetwork(network, folders);
  const grown = { ...site, network };
  log(`The peer of ${title} takes the chain…`);
  await startPeer(grown, organisation);
  await joinPeer(grown, organisation);
  await awaitChain(site, organisation);
  await writeConnection(network, folders);
  if ((await committedApprovals(grown))[mspId])
    throw new ChannelError(`${title} is a member already and endorses`);
  // The definition in force names the endorsers: only a new one lets the newcomer endorse.
  const definition = await deploy(grown, code, { force: true });
  return { network, definition };
}

/** The newcomer knows nobody, itself included, until it has the block that made it a member. */
async function awaitChain(site: Site, organisation: Organisation): Promise<void> {
  const target = await chainHeight(site, firstOrganisation(site));
  await untilReady(
    `The chain at ${organisation.title}`,
    async () => {
      const height = await chainHeight(site, organisation);
      if (height < target) throw new ChannelError(`has ${height} of ${target} blocks`);
    },
    CHAIN_TIMEOUT_MS,
  );
}

const CHAIN_TIMEOUT_MS = 60 * 60_000;

async function membership(site: Site, organisation: Organisation): Promise<ConfigGroup> {
  const { folders, binaries } = site;
  const file = join(folders.channel, "joining", organisation.name, "configtx.yaml");
  await writeWhole(file, joiningConfigtxYaml(organisation, placesIn(folders)));
  const printed = await run(binaries.configtxgen, [
    ...["-printOrg", organisation.mspId, "-configPath", dirname(file)],
  ]);
  const group = groupSchema.parse(JSON.parse(printed));
  const { MSP } = group.values;
  if (!MSP) throw new ChannelError(`configtxgen described ${organisation.mspId} without its MSP`);
  MSP.mod_policy = MAJORITY_OF.Application;
  const { host, port } = organisation.peer;
  group.values.AnchorPeers = {
    mod_policy: "Admins",
    value: { anchor_peers: [{ host, port }] },
    version: "0",
  };
  return group;
}
