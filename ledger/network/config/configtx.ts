import { type Network, type Organisation, orderingOrganisations } from "../description";
import { toYaml, type Yaml } from "./yaml";

export const PROFILE = "Cocity";

/** Where an organisation's public MSP is and, if it orders, the TLS certificate of its orderer. */
export type Places = (organisation: Organisation) => {
  msp: string;
  ordererCertificate: string;
  /** The certificate with which the orderer signs blocks, which BFT names. */
  ordererIdentity: string;
};

/**
 * `configtx.yaml` for configtxgen: the channel's members, its rules, and who orders.
 * @param places where the members' public MSPs and the orderers' TLS certificates lie; relative to this file's folder.
 */
export function configtxYaml(network: Network, places: Places): string {
  const application = network.organisations.map((organisation) => applicationMember(organisation, places));
  return toYaml(
    {
      Organizations: application,
      Profiles: {
        [PROFILE]: {
          Policies: metaPolicies(),
          Capabilities: { V2_0: true },
          Orderer: {
            OrdererType: "etcdraft",
            ...ordering(network, places),
            EtcdRaft: {
              Consenters: orderingOrganisations(network).map((organisation) => {
                const certificate = places(organisation).ordererCertificate;
                return {
                  Host: organisation.orderer.host,
                  Port: organisation.orderer.port,
                  ClientTLSCert: certificate,
                  ServerTLSCert: certificate,
                };
              }),
              Options: {
                TickInterval: `${network.raft.tickMs}ms`,
                ElectionTick: network.raft.electionTicks,
                HeartbeatTick: 1,
                MaxInflightBlocks: 5,
                SnapshotIntervalSize: "16 MB",
              },
            },
          },
          Application: {
            Organizations: application,
            Policies: {
              ...metaPolicies(),
              LifecycleEndorsement: { Type: "ImplicitMeta", Rule: "MAJORITY Endorsement" },
              // What a chaincode definition without a policy of its own would get. Ours has one.
              Endorsement: { Type: "ImplicitMeta", Rule: "MAJORITY Endorsement" },
            },
            Capabilities: { V2_5: true },
            ACLs: accessRules(),
          },
        },
      },
    },
    "Generated from ledger/network/description.ts: change it there.",
  );
}

/** One organisation as configtxgen wants it, alone too: `configtxgen -printOrg` makes a joining member of it. */
export function joiningConfigtxYaml(organisation: Organisation, places: Places): string {
  return toYaml({ Organizations: [applicationMember(organisation, places)] });
}

/** Application and ordering side name the same organisation: one MSP, one set of administrators. */
export function applicationMember(organisation: Organisation, places: Places): Yaml {
  return {
    ...member(organisation, places),
    AnchorPeers: [{ Host: organisation.peer.host, Port: organisation.peer.port }],
  };
}

export function ordererMember(organisation: Organisation, places: Places): Yaml {
  const { orderer } = organisation;
  return {
    ...member(organisation, places),
    ...(orderer ? { OrdererEndpoints: [`${orderer.host}:${orderer.port}`] } : {}),
  };
}

/** Batches, members and rules of ordering, whatever the consensus. */
export function ordering(network: Network, places: Places) {
  return {
    BatchTimeout: `${network.batch.timeoutMs}ms`,
    BatchSize: {
      MaxMessageCount: network.batch.messages,
      AbsoluteMaxBytes: network.batch.absoluteBytes,
      PreferredMaxBytes: network.batch.preferredBytes,
    },
    MaxChannels: 0,
    Organizations: orderingOrganisations(network).map((organisation) => ordererMember(organisation, places)),
    Policies: { ...metaPolicies(), BlockValidation: { Type: "ImplicitMeta", Rule: "ANY Writers" } },
    Capabilities: { V2_0: true },
  };
}

/** Anybody's member reads and writes; administration takes a majority of the organisations. */
export function metaPolicies() {
  return {
    Readers: { Type: "ImplicitMeta", Rule: "ANY Readers" },
    Writers: { Type: "ImplicitMeta", Rule: "ANY Writers" },
    Admins: { Type: "ImplicitMeta", Rule: "MAJORITY Admins" },
  };
}

function member(organisation: Organisation, places: Places): { [key: string]: Yaml } {
  const { mspId } = organisation;
  return {
    Name: mspId,
    ID: mspId,
    MSPDir: places(organisation).msp,
    Policies: {
      Readers: { Type: "Signature", Rule: `OR('${mspId}.member')` },
      // An orderer signs blocks as a writer of its organisation; a peer submits through its gateway.
      Writers: {
        Type: "Signature",
        Rule: `OR('${mspId}.admin', '${mspId}.client', '${mspId}.peer', '${mspId}.orderer')`,
      },
      Admins: { Type: "Signature", Rule: `OR('${mspId}.admin')` },
      Endorsement: { Type: "Signature", Rule: `OR('${mspId}.peer')` },
    },
  };
}

/** Fabric's defaults, written out: what an access rule is must be readable in the channel itself. */
function accessRules(): Yaml {
  const readers = "/Channel/Application/Readers";
  const writers = "/Channel/Application/Writers";
  return {
    "_lifecycle/CheckCommitReadiness": writers,
    "_lifecycle/CommitChaincodeDefinition": writers,
    "_lifecycle/QueryChaincodeDefinition": writers,
    "_lifecycle/QueryChaincodeDefinitions": writers,
    "qscc/GetChainInfo": readers,
    "qscc/GetBlockByNumber": readers,
    "qscc/GetBlockByHash": readers,
    "qscc/GetTransactionByID": readers,
    "qscc/GetBlockByTxID": readers,
    "cscc/GetConfigBlock": readers,
    "cscc/GetChannelConfig": readers,
    "peer/Propose": writers,
    "peer/ChaincodeToChaincode": writers,
    "event/Block": readers,
    "event/FilteredBlock": readers,
  };
}
