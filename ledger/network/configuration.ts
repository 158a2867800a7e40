import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { ChannelError, firstOrganisation, ordererArguments, peerCommand } from "./channel";
import { CommandError, run } from "./command";
import type { Organisation } from "./description";
import { writeWhole } from "./files";
import type { Site } from "./site";

/** The configuration is already as the change would make it. */
export class NothingToChangeError extends ChannelError {}

/** How often a change is sent, and how long after one that no orderer led: an election takes a few seconds. */
const attempts = 8;
const electionMs = 3_000;

/** The parts of the channel's configuration that are changed here, as configtxlator writes them. */
export interface ConfigGroup {
  groups: Record<string, ConfigGroup>;
  values: Record<string, { value: Record<string, unknown> | null; mod_policy: string; version: string }>;
  policies: Record<string, unknown>;
  mod_policy: string;
  version: string;
}

export const groupSchema: z.ZodType<ConfigGroup> = z.lazy(() =>
  z.looseObject({
    groups: z.record(z.string(), groupSchema).default({}),
    values: z
      .record(
        z.string(),
        z.looseObject({
          value: z.record(z.string(), z.unknown()).nullable(),
          mod_policy: z.string(),
          version: z.string(),
        }),
      )
      .default({}),
    policies: z.record(z.string(), z.unknown()).default({}),
    mod_policy: z.string(),
    version: z.string(),
  }),
);
const configSchema = z.looseObject({ channel_group: groupSchema, sequence: z.string() });
export type ChannelConfig = z.infer<typeof configSchema>;

const blockSchema = z.object({
  data: z.object({
    data: z.tuple([z.object({ payload: z.object({ data: z.object({ config: configSchema }) }) })]),
  }),
});

/** The channel's configuration in force, from the first orderer that answers. @throws CommandError */
export async function readConfiguration(site: Site): Promise<ChannelConfig> {
  return withScratch(async (scratch) => {
    const block = join(scratch, "config.block");
    await fetchConfigurationBlock(site, block);
    const decoded: unknown = JSON.parse(await decode(site, "common.Block", block));
    return blockSchema.parse(decoded).data.data[0].payload.data.config;
  });
}

/** Writes the newest configuration block to a file: what a new orderer or peer joins from. */
export async function fetchConfigurationBlock(site: Site, file: string): Promise<void> {
  const { network } = site;
  let failure: unknown;
  for (const organisation of network.organisations) {
    try {
      await peerCommand(
        site,
        organisation,
      )([
        ...["channel", "fetch", "config", file, "-c", network.channel],
        ...ordererArguments(site, organisation),
      ]);
      return;
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

/**
 * Writes a change of the channel's configuration as an unsigned envelope that administrators can look at, sign and
 * submit, each with their own key on their own machine.
 * @param change gets a copy of the configuration in force and alters it.
 * @returns the envelope's file, below `channel/changes`. @throws NothingToChangeError
 */
export async function proposeChange(
  site: Site,
  name: string,
  change: (config: ChannelConfig) => void | Promise<void>,
): Promise<string> {
  const { network, folders, binaries } = site;
  const original = await readConfiguration(site);
  const updated = structuredClone(original);
  await change(updated);
  if (JSON.stringify(updated) === JSON.stringify(original))
    throw new NothingToChangeError(`${name}: nothing would change`);
  return withScratch(async (scratch) => {
    const encode = async (config: ChannelConfig, file: string) => {
      await writeWhole(`${file}.json`, JSON.stringify(config));
      await run(binaries.configtxlator, [
        ...["proto_encode", "--type", "common.Config", "--input", `${file}.json`, "--output", file],
      ]);
      return file;
    };
    const update = join(scratch, "update.pb");
    await run(binaries.configtxlator, [
      ...["compute_update", "--channel_id", network.channel, "--output", update],
      ...["--original", await encode(original, join(scratch, "original.pb"))],
      ...["--updated", await encode(updated, join(scratch, "updated.pb"))],
    ]);
    const envelope = {
      payload: {
        header: { channel_header: { channel_id: network.channel, type: 2 } },
        data: {
          config_update: JSON.parse(await decode(site, "common.ConfigUpdate", update)),
        },
      },
    };
    const draft = join(scratch, "envelope.json");
    const signable = join(scratch, "envelope.pb");
    await writeWhole(draft, JSON.stringify(envelope));
    await run(binaries.configtxlator, [
      ...["proto_encode", "--type", "common.Envelope", "--input", draft, "--output", signable],
    ]);
    const bytes = await readFile(signable);
    const id = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
    const file = join(folders.channel, "changes", `${name}-${id}.pb`);
    await writeWhole(file, bytes);
    return file;
  });
}

/** A proposed change as JSON, signatures included: what an administrator reads before signing. */
export async function describeChange(site: Site, file: string): Promise<string> {
  return decode(site, "common.Envelope", file);
}

/** Adds the signature of an organisation's administrator to a proposed change. @throws CommandError */
export async function signChange(site: Site, file: string, organisation: Organisation): Promise<void> {
  await peerCommand(site, organisation)(["channel", "signconfigtx", "-f", file]);
}

/**
 * Sends a proposed change to the orderers; the sender's administrator signs too.
 * @throws CommandError when the signatures do not suffice, or the configuration has changed since the proposal.
 */
export async function submitChange(site: Site, file: string, organisation: Organisation): Promise<void> {
  await peerCommand(
    site,
    organisation,
  )([
    ...["channel", "update", "-f", file, "-c", site.network.channel],
    ...ordererArguments(site, organisation),
  ]);
}

/**
 * Proposes a change, has it signed by so many organisations as make a majority, and submits it; again from the
 * start when another change came first, or no orderer led. Only where all of them run on this machine; elsewhere the file goes from
 * one to the next. @throws NothingToChangeError, CommandError
 */
export async function applyChange(
  site: Site,
  name: string,
  change: (config: ChannelConfig) => void | Promise<void>,
): Promise<void> {
  const signers = majorityOf(site.network.organisations);
  let unanswered = false;
  for (let attempt = 1; ; attempt++) {
    try {
      const file = await proposeChange(site, name, change);
      for (const organisation of signers.slice(1)) await signChange(site, file, organisation);
      await submitChange(site, file, firstOrganisation(site));
      break;
    } catch (error) {
      // What was sent while the orderers were electing may have been ordered all the same.
      if (unanswered && error instanceof NothingToChangeError) break;
      const output = error instanceof CommandError ? error.output : "";
      const electing = output.includes("SERVICE_UNAVAILABLE");
      if (attempt === attempts || !(electing || output.includes("attempt to set key"))) throw error;
      if (electing) await sleep(electionMs);
      unanswered ||= electing;
    }
  }
  site.log(`${name}: signed by the administrators of ${signers.map(({ title }) => title).join(" and ")}`);
}

export function majorityOf<T>(organisations: readonly T[]): T[] {
  return organisations.slice(0, Math.floor(organisations.length / 2) + 1);
}

/** One side's group of a member. @throws ChannelError when it is not a member there. */
export function memberGroup(
  config: ChannelConfig,
  side: "Application" | "Orderer",
  mspId: string,
): ConfigGroup {
  const group = config.channel_group.groups[side]?.groups[mspId];
  if (!group) throw new ChannelError(`${mspId} is not a member of the channel's ${side}`);
  return group;
}

/** To a file, not to standard output: configtxlator cannot open ours, which is a socket. */
function decode(site: Site, type: string, input: string): Promise<string> {
  return withScratch(async (scratch) => {
    const output = join(scratch, "decoded.json");
    await run(site.binaries.configtxlator, [
      ...["proto_decode", "--type", type, "--input", input, "--output", output],
    ]);
    return readFile(output, "utf8");
  });
}

async function withScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const scratch = await mkdtemp(join(tmpdir(), "cocity-channel-"));
  try {
    return await work(scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
