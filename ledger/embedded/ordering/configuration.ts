import { randomBytes } from "node:crypto";
import { common, msp, orderer as ordererMessages } from "@hyperledger/fabric-protos";
import { transactionId } from "../../evidence/hash";
import { type PrincipalRole, policyEnvelope, type Rule } from "../msp/policy";
import type { Signer } from "../msp/signer";
import { bytesField, integerField, messageOf, stringField, timestampBytes } from "../wire";
import { type BatchLimits, maximumEnvelopeBytes } from "./orderer";

export interface ConfiguredOrganisation {
  readonly mspId: string;
  readonly rootPem: string;
  /** Revocation lists in PEM, none if nothing was ever revoked. */
  readonly revocationLists: readonly string[];
}

export interface ChannelConfiguration {
  readonly channel: string;
  readonly sequence: number;
  readonly organisations: readonly ConfiguredOrganisation[];
  /** Organisation of the orderer. */
  readonly ordererMspId: string;
  readonly tlsRootPem: string;
  readonly endorsement: Rule;
  readonly limits: BatchLimits;
}

type Group = InstanceType<typeof common.ConfigGroup>;

/** What the last configuration on the chain says, as far as the peer needs it to write the next one. */
export interface CurrentConfiguration {
  readonly sequence: number;
  /** Revocation lists by organisation. */
  readonly revocationLists: ReadonlyMap<string, readonly string[]>;
}

/**
 * The envelope of a configuration block: the channel's organisations with their roots and revocation lists, its
 * policies and the orderer's settings, in the structure of Fabric's `configtx`, so that a verifier learns from
 * the chain alone whom to trust and since when not.
 */
export function configurationEnvelope(configuration: ChannelConfiguration, signer: Signer): Uint8Array {
  const config = new common.Config();
  config.setSequence(configuration.sequence);
  config.setChannelGroup(channelGroup(configuration));
  const configEnvelope = new common.ConfigEnvelope();
  configEnvelope.setConfig(config);
  const nonce = randomBytes(24);
  const signatureHeader = messageOf(bytesField(1, signer.creator), bytesField(2, nonce));
  const channelHeader = messageOf(
    integerField(1, common.HeaderType.CONFIG),
    bytesField(3, timestampBytes(Math.floor(Date.now() / 1000), 0)),
    stringField(4, configuration.channel),
    stringField(5, transactionId(nonce, signer.creator)),
  );
  const header = messageOf(bytesField(1, channelHeader), bytesField(2, signatureHeader));
  const payload = messageOf(bytesField(1, header), bytesField(2, configEnvelope.serializeBinary()));
  return messageOf(bytesField(1, payload), bytesField(2, signer.sign(payload)));
}

/** Reads back the payload of a configuration envelope's transaction. */
export function readConfiguration(payload: Uint8Array): CurrentConfiguration {
  const data = common.Payload.deserializeBinary(payload).getData_asU8();
  const config = common.ConfigEnvelope.deserializeBinary(data).getConfig();
  const application = config?.getChannelGroup()?.getGroupsMap().get("Application");
  const revocationLists = new Map<string, readonly string[]>();
  application?.getGroupsMap().forEach((group, mspId) => {
    const value = group.getValuesMap().get("MSP")?.getValue_asU8();
    if (!value) return;
    const described = msp.FabricMSPConfig.deserializeBinary(
      msp.MSPConfig.deserializeBinary(value).getConfig_asU8(),
    );
    const lists = described.getRevocationListList_asU8().map((pem) => Buffer.from(pem).toString("utf8"));
    revocationLists.set(mspId, lists);
  });
  return { sequence: config?.getSequence() ?? 0, revocationLists };
}

function channelGroup(configuration: ChannelConfiguration): Group {
  const channel = new common.ConfigGroup();
  channel.setModPolicy("Admins");
  setValue(channel, "HashingAlgorithm", messageOf(stringField(1, "SHA256")));
  setValue(channel, "BlockDataHashingStructure", messageOf(integerField(1, 0xffffffff)));
  setValue(channel, "Capabilities", capabilities("V2_0"));
  setImplicitPolicies(channel);
  channel.getGroupsMap().set("Application", applicationGroup(configuration));
  channel.getGroupsMap().set("Orderer", ordererGroup(configuration));
  return channel;
}

function applicationGroup({ organisations, endorsement, tlsRootPem }: ChannelConfiguration): Group {
  const application = new common.ConfigGroup();
  application.setModPolicy("Admins");
  setValue(application, "Capabilities", capabilities("V2_5"));
  setImplicitPolicies(application);
  setRule(application, "Endorsement", endorsement);
  setRule(application, "LifecycleEndorsement", endorsement);
  for (const organisation of organisations) {
    const group = organisationGroup(organisation, tlsRootPem);
    setRule(group, "Endorsement", anyOf(organisation.mspId, ["peer"]));
    application.getGroupsMap().set(organisation.mspId, group);
  }
  return application;
}

function ordererGroup(configuration: ChannelConfiguration): Group {
  const { organisations, ordererMspId, limits, tlsRootPem } = configuration;
  const group = new common.ConfigGroup();
  group.setModPolicy("Admins");
  const consensus = new ordererMessages.ConsensusType();
  // One node orders: Fabric's name for that.
  consensus.setType("solo");
  setValue(group, "ConsensusType", consensus.serializeBinary());
  const size = new ordererMessages.BatchSize();
  size.setMaxMessageCount(limits.count);
  size.setAbsoluteMaxBytes(maximumEnvelopeBytes);
  size.setPreferredMaxBytes(limits.bytes);
  setValue(group, "BatchSize", size.serializeBinary());
  setValue(group, "BatchTimeout", messageOf(stringField(1, `${limits.timeoutMs}ms`)));
  setValue(group, "Capabilities", capabilities("V2_0"));
  setImplicitPolicies(group);
  setRule(group, "BlockValidation", anyOf(ordererMspId, ["orderer"]));
  const own = organisations.find(({ mspId }) => mspId === ordererMspId);
  if (own) group.getGroupsMap().set(ordererMspId, organisationGroup(own, tlsRootPem));
  return group;
}

function organisationGroup(organisation: ConfiguredOrganisation, tlsRootPem: string): Group {
  const { mspId, rootPem, revocationLists } = organisation;
  const nodeOus = new msp.FabricNodeOUs();
  nodeOus.setEnable(true);
  const unit = (name: string) => {
    const identifier = new msp.FabricOUIdentifier();
    identifier.setOrganizationalUnitIdentifier(name);
    return identifier;
  };
  nodeOus.setClientOuIdentifier(unit("client"));
  nodeOus.setPeerOuIdentifier(unit("peer"));
  nodeOus.setAdminOuIdentifier(unit("admin"));
  nodeOus.setOrdererOuIdentifier(unit("orderer"));
  const crypto = new msp.FabricCryptoConfig();
  crypto.setSignatureHashFamily("SHA2");
  crypto.setIdentityIdentifierHashFunction("SHA256");
  const described = new msp.FabricMSPConfig();
  described.setName(mspId);
  described.setRootCertsList([Buffer.from(rootPem)]);
  described.setRevocationListList(revocationLists.map((pem) => Buffer.from(pem)));
  described.setCryptoConfig(crypto);
  described.setTlsRootCertsList([Buffer.from(tlsRootPem)]);
  described.setFabricNodeOus(nodeOus);
  const group = new common.ConfigGroup();
  group.setModPolicy("Admins");
  setValue(group, "MSP", messageOf(bytesField(2, described.serializeBinary())));
  setRule(group, "Readers", anyOf(mspId, ["admin", "peer", "client", "orderer"]));
  setRule(group, "Writers", anyOf(mspId, ["admin", "peer", "client", "orderer"]));
  setRule(group, "Admins", anyOf(mspId, ["admin"]));
  return group;
}

function anyOf(mspId: string, roles: readonly PrincipalRole[]): Rule {
  return { outOf: 1, rules: roles.map((role) => ({ mspId, role })) };
}

function setValue(group: Group, name: string, value: Uint8Array): void {
  const entry = new common.ConfigValue();
  entry.setModPolicy("Admins");
  entry.setValue(value);
  group.getValuesMap().set(name, entry);
}

function setRule(group: Group, name: string, rule: Rule): void {
  const { SIGNATURE } = common.Policy.PolicyType;
  setPolicy(group, name, SIGNATURE, policyEnvelope(rule).serializeBinary());
}

/** Who may read, write and administer a group is what its organisations say, as in Fabric's samples. */
function setImplicitPolicies(group: Group): void {
  const { IMPLICIT_META } = common.Policy.PolicyType;
  const { ANY, MAJORITY } = common.ImplicitMetaPolicy.Rule;
  for (const [name, rule] of [
    ["Readers", ANY],
    ["Writers", ANY],
    ["Admins", MAJORITY],
  ] as const) {
    const policy = new common.ImplicitMetaPolicy();
    policy.setSubPolicy(name);
    policy.setRule(rule);
    setPolicy(group, name, IMPLICIT_META, policy.serializeBinary());
  }
}

function setPolicy(group: Group, name: string, type: number, value: Uint8Array): void {
  const policy = new common.Policy();
  policy.setType(type);
  policy.setValue(value);
  const entry = new common.ConfigPolicy();
  entry.setModPolicy("Admins");
  entry.setPolicy(policy);
  group.getPoliciesMap().set(name, entry);
}

function capabilities(name: string): Uint8Array {
  const message = new common.Capabilities();
  message.getCapabilitiesMap().set(name, new common.Capability());
  return message.serializeBinary();
}
