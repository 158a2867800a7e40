import { randomBytes } from "node:crypto";
import { readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { awaitLeader, ChannelError, joinOrderer } from "./channel";
import {
  applyChange,
  type ChannelConfig,
  fetchConfigurationBlock,
  NothingToChangeError,
} from "./configuration";
import type { OrderingOrganisation } from "./description";
import { enrolOrganisation } from "./enrolment";
import { processNames, startOrderer } from "./nodes";
import { readProcesses, stop } from "./processes";
import type { Site } from "./site";

const consenterSchema = z.looseObject({
  host: z.string(),
  port: z.number(),
  client_tls_cert: z.string(),
  server_tls_cert: z.string(),
});
const metadataSchema = z.looseObject({ consenters: z.array(consenterSchema) });

/**
 * Replaces an organisation's orderer whose chain is lost or old by an empty one with a new certificate. A node that
 * has forgotten what it confirmed must never count as the old one again, or blocks that were ordered could be lost:
 * so the old one leaves the consenters first. Both changes are signed by a majority; the other orderers must all run.
 * @throws ChannelError, CommandError, ProcessError
 */
export async function replaceOrderer(site: Site, organisation: OrderingOrganisation): Promise<void> {
  const { folders, log } = site;
  const own = folders.organisation(organisation);
  const { host, port } = organisation.orderer;
  const name = processNames.orderer(organisation);
  if ((await readProcesses(folders.run)).some((each) => each.name === name)) await stop(folders.run, name);

  log(`The old orderer of ${organisation.title} leaves…`);
  await applyChange(site, `orderer-of-${organisation.name}-leaves`, (config) =>
    alterConsenters(config, (consenters) =>
      consenters.filter((consenter) => consenter.host !== host || consenter.port !== port),
    ),
  ).catch((error: unknown) => {
    // An earlier attempt may have come as far as this.
    if (!(error instanceof NothingToChangeError)) throw error;
  });
  await rm(join(own.orderer, "data"), { recursive: true, force: true });
  const retired = join(own.orderer, `tls-retired-${randomBytes(4).toString("hex")}`);
  await rename(join(own.orderer, "tls"), retired).catch(() => undefined);
  await enrolOrganisation(organisation, own);

  log("The new one is named…");
  const certificate = await readFile(join(own.orderer, "tls", "server.crt"), "base64");
  await applyChange(site, `orderer-of-${organisation.name}-joins`, (config) =>
    alterConsenters(config, (consenters) => [
      ...consenters,
      { host, port, client_tls_cert: certificate, server_tls_cert: certificate },
    ]),
  );
  const block = join(folders.channel, "newest-configuration.block");
  await fetchConfigurationBlock(site, block);
  await startOrderer(site, organisation);
  await joinOrderer(site, organisation, block);
  await awaitLeader(site);
}

type Consenter = z.infer<typeof consenterSchema>;

function alterConsenters(config: ChannelConfig, alter: (consenters: Consenter[]) => Consenter[]): void {
  const consensus = config.channel_group.groups.Orderer?.values.ConsensusType;
  if (!consensus?.value) throw new ChannelError("The channel names no consensus");
  const metadata = metadataSchema.parse(consensus.value.metadata);
  consensus.value.metadata = { ...metadata, consenters: alter(metadata.consenters) };
}
