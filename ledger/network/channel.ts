import { createHash } from "node:crypto";
import { cp, mkdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { common } from "@hyperledger/fabric-protos";
import { z } from "zod";
import type { Binaries } from "./binaries";
import { type RunOptions, run } from "./command";
import { configtxYaml, PROFILE } from "./config/configtx";
import {
  type Network,
  type OrderingOrganisation,
  type Organisation,
  orderingOrganisations,
} from "./description";
import { readIfThere, writeWhole } from "./files";
import { networkSources, placesIn } from "./folders";
import { readOperations, untilReady } from "./nodes";
import type { Site } from "./site";

/** Who may change a member's MSP: administrators of a majority, on either side. */
export const MAJORITY_OF = {
  Application: "/Channel/Application/Admins",
  Orderer: "/Channel/Orderer/Admins",
} as const;

/** Makes the first block of a network on this machine, unless it is there. */
export async function makeGenesisBlock(site: Site): Promise<void> {
  const { network, folders, binaries } = site;
  if ((await readIfThere(folders.genesisBlock)) !== undefined) return;
  await writeWhole(folders.configtx, configtxYaml(network, placesIn(folders)));
  await writeWhole(folders.genesisBlock, await genesisBlock(network, folders.channel, binaries));
}

/**
 * The channel's first block, from the `configtx.yaml` in a folder. Every organisation's MSP in it, and with it its
 * revocation list, changes only with the signatures of a majority's administrators: `configtxgen` would leave that
 * to each organisation alone.
 */
export async function genesisBlock(
  network: Network,
  folder: string,
  binaries: Binaries,
  profile = PROFILE,
): Promise<Uint8Array> {
  const draft = join(folder, "draft.block");
  await run(binaries.configtxgen, [
    ...["-profile", profile, "-channelID", network.channel],
    ...["-configPath", folder, "-outputBlock", draft],
  ]);
  const block = guardMemberships(await readFile(draft));
  await rm(draft);
  return block;
}

/** Joins an organisation's orderer to the channel from `block`, by default its first. Joining again changes nothing. */
export async function joinOrderer(
  { network, folders, binaries }: Site,
  organisation: OrderingOrganisation,
  block = folders.genesisBlock,
): Promise<void> {
  const own = folders.organisation(organisation);
  const { host, adminPort } = organisation.orderer;
  const tls = join(own.administrator, "tls");
  const osnadmin = (...args: string[]) =>
    run(binaries.osnadmin, [
      ...["channel", ...args, "-o", `${host}:${adminPort}`, "--ca-file", join(tls, "ca.crt")],
      ...["--client-cert", join(tls, "server.crt"), "--client-key", join(tls, "server.key")],
    ]);
  if ((await osnadmin("list")).includes(`"name": "${network.channel}"`)) return;
  const answer = await osnadmin("join", "--channelID", network.channel, "--config-block", block);
  if (!answer.includes("Status: 201"))
    throw new ChannelError(`The orderer of ${organisation.title}: ${answer}`);
}

/** Joins an organisation's peer to the channel from `block`, by default its first. Joining again changes nothing. */
export async function joinPeer(
  site: Site,
  organisation: Organisation,
  block = site.folders.genesisBlock,
): Promise<void> {
  const peer = peerCommand(site, organisation);
  const joined = await peer(["channel", "list"]);
  if (joined.split("\n").includes(site.network.channel)) return;
  await peer(["channel", "join", "-b", block]);
}

/** Waits until the orderers have elected one of them. */
export async function awaitLeader({ network, folders }: Site): Promise<void> {
  await untilReady("The ordering service", async () => {
    for (const organisation of orderingOrganisations(network)) {
      const { host, operationsPort } = organisation.orderer;
      const metrics = await readOperations(
        folders.organisation(organisation),
        host,
        operationsPort,
        "/metrics",
      );
      const leader = /^consensus_etcdraft_is_leader\{.*\} 1$/m.test(metrics);
      if (leader) return;
    }
    throw new ChannelError("no orderer leads yet");
  });
}

/** How many blocks the organisation's peer has. @throws CommandError while the peer does not know its organisation yet. */
export async function chainHeight(site: Site, organisation: Organisation): Promise<number> {
  const text = await peerCommand(site, organisation)(["channel", "getinfo", "-c", site.network.channel]);
  const { height } = z.object({ height: z.number() }).parse(JSON.parse(text.slice(text.indexOf("{"))));
  return height;
}

/** Our external builder, as the peer calls it. */
export async function installBuilder({ folders }: Site, organisation: Organisation): Promise<void> {
  const own = folders.organisation(organisation);
  await mkdir(dirname(own.builder), { recursive: true, mode: 0o700 });
  await cp(join(networkSources, "builder"), own.builder, { recursive: true });
}

/** The `peer` command, acting as the organisation's administrator towards its own peer. */
export function peerCommand(
  { folders, binaries }: Pick<Site, "folders" | "binaries">,
  organisation: Organisation,
) {
  const own = folders.organisation(organisation);
  const env = {
    FABRIC_CFG_PATH: own.peer,
    FABRIC_LOGGING_SPEC: "error",
    CORE_PEER_ADDRESS: `${organisation.peer.host}:${organisation.peer.port}`,
    CORE_PEER_MSPCONFIGPATH: join(own.administrator, "msp"),
  };
  return (args: readonly string[], options: RunOptions = {}) =>
    run(binaries.peer, args, {
      cwd: own.peer,
      timeoutMs: 120_000,
      ...options,
      env: { ...env, ...options.env },
    });
}

/** @throws ChannelError for a network that has none. */
export function firstOrganisation({ network }: Pick<Site, "network">): Organisation {
  const [first] = network.organisations;
  if (!first) throw new ChannelError("A network without organisations");
  return first;
}

/** Arguments of the `peer` command that name an orderer to send to. */
export function ordererArguments({ network, folders }: Site, preferred: Organisation): string[] {
  const orderers = orderingOrganisations(network);
  const organisation = orderers.find(({ name }) => name === preferred.name) ?? orderers[0];
  if (!organisation) throw new ChannelError("No organisation of this network has an orderer");
  const { host, port } = organisation.orderer;
  return ["-o", `${host}:${port}`, "--tls", "--cafile", folders.organisation(organisation).tlsRoot];
}

/** The channel is not as it should be, or refused a step. */
export class ChannelError extends Error {
  override readonly name = "ChannelError";
}

function guardMemberships(bytes: Uint8Array): Uint8Array {
  const block = common.Block.deserializeBinary(bytes);
  const envelope = common.Envelope.deserializeBinary(
    block.getData()?.getDataList_asU8()[0] ?? new Uint8Array(),
  );
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const config = common.ConfigEnvelope.deserializeBinary(payload.getData_asU8());
  const groups = config.getConfig()?.getChannelGroup()?.getGroupsMap();
  for (const [side, policy] of Object.entries(MAJORITY_OF)) {
    for (const [, member] of groups?.get(side)?.getGroupsMap().entries() ?? []) {
      const msp = member.getValuesMap().get("MSP");
      if (!msp) throw new ChannelError(`The first block has a member without MSP under ${side}`);
      msp.setModPolicy(policy);
    }
  }
  payload.setData(config.serializeBinary());
  envelope.setPayload(payload.serializeBinary());
  const data = new common.BlockData();
  data.setDataList([envelope.serializeBinary()]);
  block.setData(data);
  // Fabric's BlockDataHash: SHA-256 over the concatenated envelopes.
  block.getHeader()?.setDataHash(createHash("sha256").update(envelope.serializeBinary()).digest());
  return block.serializeBinary();
}
