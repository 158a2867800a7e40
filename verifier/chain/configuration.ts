/** Whom a channel trusts, as its configuration says. */
import { common, msp } from "@hyperledger/fabric-protos";
import type { Certificate } from "../machine/machine";
import { machine } from "../machine/this";

export interface ChannelOrganisation {
  readonly mspId: string;
  /** Certificates that issue those of its members, roots first. */
  readonly issuers: readonly Certificate[];
  /** SHA-256 of each root, hexadecimal, sorted: what an organisation can publish for comparison. */
  readonly rootFingerprints: readonly string[];
}

export interface ChannelConfiguration {
  readonly members: ReadonlyMap<string, ChannelOrganisation>;
  readonly orderers: ReadonlySet<string>;
}

type Group = InstanceType<typeof common.ConfigGroup>;

/** Reads the payload of a configuration transaction. @throws what cannot be read */
export async function readConfiguration(payload: Uint8Array): Promise<ChannelConfiguration> {
  const data = common.Payload.deserializeBinary(payload).getData_asU8();
  const channel = common.ConfigEnvelope.deserializeBinary(data).getConfig()?.getChannelGroup();
  if (!channel) throw new Error("the configuration has no channel group");
  const members = new Map<string, ChannelOrganisation>();
  const read = async (name: string) => {
    const groups: Group[] = [];
    channel
      .getGroupsMap()
      .get(name)
      ?.getGroupsMap()
      .forEach((group) => {
        groups.push(group);
      });
    const found: string[] = [];
    for (const group of groups) {
      const organisation = await organisationOf(group);
      if (!organisation) continue;
      if (!members.has(organisation.mspId)) members.set(organisation.mspId, organisation);
      found.push(organisation.mspId);
    }
    return found;
  };
  await read("Application");
  return { members, orderers: new Set(await read("Orderer")) };
}

async function organisationOf(group: Group): Promise<ChannelOrganisation | undefined> {
  const value = group.getValuesMap().get("MSP")?.getValue_asU8();
  if (!value) return undefined;
  const described = msp.FabricMSPConfig.deserializeBinary(
    msp.MSPConfig.deserializeBinary(value).getConfig_asU8(),
  );
  const roots = described.getRootCertsList_asU8().map((pem) => machine.readCertificate(pem));
  const issuers = [...roots];
  for (const pem of described.getIntermediateCertsList_asU8()) {
    const between = machine.readCertificate(pem);
    if (await isIssuedByOne(between, roots)) issuers.push(between);
  }
  return {
    mspId: described.getName(),
    issuers,
    rootFingerprints: roots.map(({ fingerprint }) => fingerprint).sort(),
  };
}

export async function isIssuedByOne(
  certificate: Certificate,
  issuers: readonly Certificate[],
): Promise<boolean> {
  for (const issuer of issuers) if (await certificate.isIssuedBy(issuer)) return true;
  return false;
}
