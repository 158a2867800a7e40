import { join } from "node:path";
import type { Places } from "./config/configtx";
import type { Organisation } from "./description";

/** This folder, seen from the project's, in which every program runs: code that is bundled lies elsewhere. */
export const networkSources = join("ledger", "network");

/** Where the things of a network lie. Everything secret is below its own organisation's folder. */
export function networkFolders(root: string) {
  const channel = join(root, "channel");
  return {
    root,
    /** The description this network was made from, organisations that joined included. */
    description: join(root, "network.json"),
    connection: join(root, "connection.json"),
    /** What all organisations share: first block, chaincode definitions, changes to be signed. */
    channel,
    configtx: join(channel, "configtx.yaml"),
    genesisBlock: join(channel, "genesis.block"),
    /** One file for each process that should run, with its pid and log beside it. */
    run: join(root, "run"),
    organisation: ({ name }: Pick<Organisation, "name">) =>
      organisationFolders(join(root, "organisations", name)),
  };
}

/** What one organisation keeps; on separate hosts this folder is all it has. */
export function organisationFolders(root: string) {
  const ca = join(root, "ca");
  const msp = join(root, "msp");
  return {
    root,
    /** Home of the CA server: the TLS authority, and below it the authority of identities. */
    ca,
    identityCa: join(ca, "identities"),
    /** Enrolment secret of the CA's first registrar, which makes node and administrator identities. */
    caBootstrap: join(ca, "bootstrap.json"),
    /** Enrolment secret of the registrar the application uses: it can make people's identities only. */
    registrar: join(root, "registrar.json"),
    /** Public: what other organisations need to recognise this one. */
    msp,
    identityRoot: join(msp, "cacerts", "ca.pem"),
    tlsRoot: join(msp, "tlscacerts", "tlsca.pem"),
    peer: join(root, "peer"),
    orderer: join(root, "orderer"),
    chaincode: join(root, "chaincode"),
    /** The key that signs channel configuration and revocation lists, with a TLS key for the orderer's administration. */
    administrator: join(root, "administrator"),
    builder: join(root, "builder"),
  };
}

export type NetworkFolders = ReturnType<typeof networkFolders>;
export type OrganisationFolders = ReturnType<typeof organisationFolders>;

/** Where configtxgen finds what members show of themselves, when they are all on this machine. */
export function placesIn(folders: NetworkFolders): Places {
  return (organisation) => {
    const { msp, orderer } = folders.organisation(organisation);
    return {
      msp,
      ordererCertificate: join(orderer, "tls", "server.crt"),
      ordererIdentity: join(orderer, "msp", "signcerts", "cert.pem"),
    };
  };
}
