import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { openOrganisationCas } from "./ca/organisation-cas";
import { startCaServer } from "./ca/server";
import { Collections, readCollections } from "./chaincode/collections";
import { ChaincodeProcess, type ChaincodeSource } from "./chaincode/process";
import { writeConnection } from "./data/connection";
import { type DataFolder, openDataFolder } from "./data/folder";
import { requiredEndorsements } from "./data/organisations";
import { BlockReader } from "./deliver/block-reader";
import { configurationChaincode } from "./endorser/cscc";
import { Endorser } from "./endorser/endorser";
import { queryChaincode } from "./endorser/qscc";
import { StartFailure } from "./failure";
import { type EndorsingPeer, GatewayService } from "./gateway/service";
import type { Log } from "./log";
import { IdentityDirectory } from "./msp/identity";
import { peersOutOf, type Rule } from "./msp/policy";
import { Signer } from "./msp/signer";
import { ChannelConfigurations } from "./ordering/configurations";
import { type BatchLimits, Orderer } from "./ordering/orderer";
import { OwnEndorsements } from "./ordering/own-endorsements";
import { TransientStore } from "./ordering/transient-store";
import { startRpcServer } from "./rpc";
import { openLedger } from "./store/open";
import type { Ledger } from "./store/types";
import { bytesField, messageOf } from "./wire";

export interface NodeOptions {
  readonly data: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly caPort: number;
  readonly channel: string;
  readonly chaincodeName: string;
  readonly chaincodeVersion: string;
  readonly chaincode: ChaincodeSource;
  readonly collectionsFile?: string;
  readonly limits: BatchLimits;
  /** Lifetime in seconds of certificates by CA profile. */
  readonly caProfiles: Readonly<Record<string, number>>;
  readonly executionTimeoutMs: number;
  readonly log: Log;
  /** Called once if the ledger cannot go on. */
  readonly onFailure: (error: unknown) => void;
}

export interface RunningNode {
  readonly port: number;
  readonly caPort: number;
  readonly connectionFile: string;
  readonly ledger: Ledger;
  stop(): Promise<void>;
}

const ordererMspId = "ComuneMSP";

/**
 * Starts the embedded ledger: data folder, CAs, chain, chaincode, services.
 * @throws StartFailure with a sentence for the person who started it
 */
export async function startNode(options: NodeOptions): Promise<RunningNode> {
  const closers: (() => Promise<void>)[] = [];
  // Last opened, first closed: clients before services, services before the chain.
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    return { ...(await assemble(options, closers)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function assemble(
  options: NodeOptions,
  closers: (() => Promise<void>)[],
): Promise<Omit<RunningNode, "stop">> {
  const { channel, chaincodeName, limits, log, onFailure } = options;
  const folder = await openDataFolder(options.data);
  closers.push(() => folder.caLevel.close());
  const revocation: { record?: (mspId: string, list: string) => Promise<void> } = {};
  const cas = await openOrganisationCas(folder, {
    profiles: options.caProfiles,
    onRevocation: async (mspId, list) => revocation.record?.(mspId, list),
  });
  const identities = new IdentityDirectory(cas.map(({ organisation }) => organisation));
  const endorsement = peersOutOf(requiredEndorsements, identities.mspIds);
  const collections = await collectionsOf(options, endorsement);
  const ordererSigner = signerOf(ordererMspId, folder.orderer);

  const ledger = await openChain(folder, ordererSigner, collections, log);
  closers.push(() => ledger.close());
  const transientStore = await TransientStore.open(join(folder.path, "transient"));
  closers.push(() => transientStore.close());
  const ownEndorsements = new OwnEndorsements();
  const validation = {
    channel,
    chaincode: chaincodeName,
    identities,
    collections,
    endorsement,
    ownEndorsements,
  };
  const orderer = new Orderer({ ...validation, ledger, transientStore, limits, log, onFailure });
  closers.push(() => orderer.stop());
  const reader = new BlockReader(ledger);
  orderer.onCommit(({ number, bytes }, transactions) => reader.remember(number, bytes, transactions));

  const configurations = new ChannelConfigurations(
    {
      channel,
      ordererMspId,
      tlsRootPem: folder.tlsCaPem,
      endorsement,
      limits,
      organisations: cas.map(({ organisation, service }) => ({
        mspId: organisation.mspId,
        rootPem: service.rootPem,
      })),
    },
    ordererSigner,
    ledger,
    orderer,
    log,
  );
  await configurations.bringUpToDate(async (mspId) =>
    cas.find(({ organisation }) => organisation.mspId === mspId)?.service.revocationList(),
  );
  revocation.record = (mspId, list) => configurations.revoke(mspId, list);

  const chaincode = await ChaincodeProcess.start({
    name: chaincodeName,
    source: options.chaincode,
    executionTimeoutMs: options.executionTimeoutMs,
    log,
  });
  closers.push(() => chaincode.stop());
  const endorser = new Endorser({
    channel,
    chaincode: { name: chaincodeName, version: options.chaincodeVersion },
    ledger,
    identities,
    collections,
    runtime: chaincode,
    systemChaincodes: [queryChaincode(channel, ledger), configurationChaincode(channel)],
    log,
  });
  const gateway = new GatewayService({
    channel,
    ledger,
    endorser,
    peers: endorsingPeers(folder),
    identities,
    orderer,
    transientStore,
    ownEndorsements,
    log,
  });
  const tls = { key: folder.tls.privateKeyPem, cert: folder.tls.certificatePem };
  const deliver = { channel, reader, identities, collections, log };
  const rpc = await startRpcServer({ gateway, deliver, reader, port: options.port, tls, log });
  closers.push(() => rpc.stop());
  const services = cas.map(({ service }) => service);
  const ca = await startCaServer({ services, port: options.caPort, tls, log });
  closers.push(() => ca.stop());
  const endpoints = { channel, chaincode: chaincodeName, port: rpc.port, caPort: ca.port };
  const connectionFile = await writeConnection(folder, endpoints);
  return { port: rpc.port, caPort: ca.port, connectionFile, ledger };
}

async function openChain(
  folder: DataFolder,
  signer: Signer,
  collections: Collections,
  log: Log,
): Promise<Ledger> {
  try {
    return await openLedger(join(folder.path, "ledger"), {
      signer: {
        signatureHeader: () => messageOf(bytesField(1, signer.creator), bytesField(2, randomBytes(24))),
        sign: (message) => signer.sign(message),
      },
      blockToLive: (namespace, name) =>
        namespace === collections.chaincode ? collections.get(name)?.blockToLive : undefined,
      onProgress: ({ step, done, total }) => log.info("opening the chain", { step, done, total }),
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartFailure(
      `The ledger in ${folder.path} cannot be opened: ${reason}. Nothing was changed; restore the folder from a backup.`,
    );
  }
}

async function collectionsOf(options: NodeOptions, endorsement: Rule): Promise<Collections> {
  const { channel, chaincodeName, collectionsFile } = options;
  if (!collectionsFile) return new Collections(channel, chaincodeName, []);
  return readCollections(collectionsFile, channel, chaincodeName, endorsement);
}

function endorsingPeers(folder: DataFolder): readonly [EndorsingPeer, ...EndorsingPeer[]] {
  const [own, ...others] = folder.organisations.map(
    ({ description, peer }): EndorsingPeer => ({
      mspId: description.mspId,
      address: `peer.${description.name}.cocity`,
      signer: signerOf(description.mspId, peer),
    }),
  );
  if (!own) throw new Error("the ledger has no organisation");
  return [own, ...others];
}

function signerOf(mspId: string, pair: { certificatePem: string; privateKeyPem: string }): Signer {
  return new Signer(mspId, pair.certificatePem, pair.privateKeyPem);
}
