import { type Organisation, peerName } from "../description";
import { softwareKeys } from "./orderer";
import { toYaml } from "./yaml";

/**
 * `core.yaml` of one organisation's peer, and of the `peer` command; paths in it are relative to the folder it
 * lies in.
 * @param home that folder and `builder` the one with `bin/detect`, `bin/build` and `bin/release`, both absolute, as
 *   the peer sees them.
 */
export function coreYaml(
  organisation: Organisation,
  { home, builder }: { home: string; builder: string },
): string {
  const { mspId, peer } = organisation;
  const address = `${peer.host}:${peer.port}`;
  return toYaml(
    {
      peer: {
        id: peerName(organisation),
        networkId: "cocity",
        listenAddress: `${peer.listen}:${peer.port}`,
        address,
        // Each peer of a machine needs its own, though chaincode as a service never calls it.
        chaincodeListenAddress: `${peer.listen}:${peer.chaincodePort}`,
        chaincodeAddress: `${peer.host}:${peer.chaincodePort}`,
        addressAutoDetect: false,
        // A dead organisation costs one endorsement timeout before the gateway takes another one.
        gateway: { enabled: true, endorsementTimeout: "7s", broadcastTimeout: "7s", dialTimeout: "3s" },
        keepalive: {
          interval: "7200s",
          timeout: "20s",
          minInterval: "60s",
          client: { interval: "60s", timeout: "20s" },
          deliveryClient: { interval: "10s", timeout: "5s" },
        },
        gossip: gossip(address),
        tls: {
          enabled: true,
          clientAuthRequired: false,
          cert: { file: "tls/server.crt" },
          key: { file: "tls/server.key" },
          rootcert: { file: "tls/ca.crt" },
          clientRootCAs: { files: ["tls/ca.crt"] },
        },
        authentication: { timewindow: "15m" },
        fileSystemPath: "data",
        BCCSP: softwareKeys(),
        mspConfigPath: "msp",
        localMspId: mspId,
        localMspType: "bccsp",
        client: { connTimeout: "3s" },
        deliveryclient: {
          blockGossipEnabled: false,
          reconnectTotalTimeThreshold: "87600h",
          connTimeout: "3s",
          reConnectBackoffThreshold: "5s",
        },
        handlers: {
          authFilters: [{ name: "DefaultAuth" }, { name: "ExpirationCheck" }],
          decorators: [{ name: "DefaultDecorator" }],
          endorsers: { escc: { name: "DefaultEndorsement" } },
          validators: { vscc: { name: "DefaultValidation" } },
        },
        discovery: {
          enabled: true,
          authCacheEnabled: true,
          authCacheMaxSize: 1000,
          authCachePurgeRetentionRatio: 0.75,
          orgMembersAllowedAccess: false,
        },
        limits: { concurrency: { endorserService: 2500, deliverService: 2500, gatewayService: 500 } },
        maxRecvMsgSize: 104857600,
        maxSendMsgSize: 104857600,
      },
      // No container engine: chaincode runs as a service of its organisation.
      vm: { endpoint: "" },
      chaincode: {
        externalBuilders: [
          { name: "cocity-service", path: builder, propagateEnvironment: ["COCITY_BUILDER_TLS"] },
        ],
        installTimeout: "60s",
        startuptimeout: "60s",
        executetimeout: "30s",
        mode: "net",
        keepalive: 0,
        system: { _lifecycle: "enable", cscc: "enable", lscc: "enable", qscc: "enable" },
        logging: { level: "info", shim: "warning" },
      },
      ledger: {
        state: { stateDatabase: "goleveldb", totalQueryLimit: 100000 },
        history: { enableHistoryDatabase: true },
        pvtdataStore: {
          collElgProcMaxDbBatchSize: 5000,
          collElgProcDbBatchesInterval: 1000,
          deprioritizedDataReconcilerInterval: "60m",
          purgeInterval: 100,
          purgedKeyAuditLogging: true,
        },
        snapshots: { rootDir: `${home}/data/snapshots` },
      },
      operations: {
        listenAddress: `${peer.listen}:${peer.operationsPort}`,
        tls: {
          enabled: true,
          cert: { file: "tls/server.crt" },
          key: { file: "tls/server.key" },
          clientAuthRequired: false,
          clientRootCAs: { files: ["tls/ca.crt"] },
        },
      },
      metrics: { provider: "prometheus" },
    },
    "Generated from ledger/network/description.ts: change it there.",
  );
}

/**
 * Each organisation's only peer takes blocks from the orderers itself; gossip carries membership and private
 * data. A peer that is gone is noticed in six seconds.
 */
function gossip(address: string) {
  return {
    bootstrap: address,
    useLeaderElection: false,
    orgLeader: true,
    membershipTrackerInterval: "5s",
    endpoint: address,
    externalEndpoint: address,
    maxBlockCountToStore: 10,
    maxPropagationBurstLatency: "10ms",
    maxPropagationBurstSize: 10,
    propagateIterations: 1,
    propagatePeerNum: 3,
    pullInterval: "4s",
    pullPeerNum: 3,
    requestStateInfoInterval: "1s",
    publishStateInfoInterval: "1s",
    publishCertPeriod: "10s",
    skipBlockVerification: false,
    dialTimeout: "3s",
    connTimeout: "2s",
    recvBuffSize: 20,
    sendBuffSize: 200,
    digestWaitTime: "1s",
    requestWaitTime: "1500ms",
    responseWaitTime: "2s",
    aliveTimeInterval: "2s",
    aliveExpirationTimeout: "6s",
    reconnectInterval: "3s",
    maxConnectionAttempts: 120,
    msgExpirationFactor: 20,
    election: {
      startupGracePeriod: "15s",
      membershipSampleInterval: "1s",
      leaderAliveThreshold: "10s",
      leaderElectionDuration: "5s",
    },
    pvtData: {
      pullRetryThreshold: "10s",
      transientstoreMaxBlockRetention: 1000,
      pushAckTimeout: "3s",
      btlPullMargin: 10,
      reconcileBatchSize: 100,
      reconcileSleepInterval: "10s",
      reconciliationEnabled: true,
      skipPullingInvalidTransactionsDuringCommit: false,
      implicitCollectionDisseminationPolicy: { requiredPeerCount: 0, maxPeerCount: 1 },
    },
    state: {
      enabled: false,
      checkInterval: "10s",
      responseTimeout: "3s",
      batchSize: 10,
      blockBufferSize: 20,
      maxRetries: 3,
    },
  };
}
