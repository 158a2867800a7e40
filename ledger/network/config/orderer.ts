import type { OrderingOrganisation } from "../description";
import { toYaml } from "./yaml";

/** `orderer.yaml` of one organisation; paths in it are relative to the folder it lies in. */
export function ordererYaml({ mspId, orderer }: OrderingOrganisation): string {
  const tls = { Enabled: true, PrivateKey: "tls/server.key", Certificate: "tls/server.crt" };
  const clientRoots = ["tls/ca.crt"];
  return toYaml(
    {
      General: {
        ListenAddress: orderer.listen,
        ListenPort: orderer.port,
        TLS: { ...tls, RootCAs: clientRoots, ClientAuthRequired: false },
        // Peers ask every ten seconds whether it is still there.
        Keepalive: { ServerMinInterval: "5s", ServerInterval: "7200s", ServerTimeout: "20s" },
        MaxRecvMsgSize: 104857600,
        MaxSendMsgSize: 104857600,
        Cluster: { SendBufferSize: 100, DialTimeout: "3s", RPCTimeout: "5s" },
        BootstrapMethod: "none",
        LocalMSPDir: "msp",
        LocalMSPID: mspId,
        BCCSP: softwareKeys(),
        Authentication: { TimeWindow: "15m" },
      },
      FileLedger: { Location: "data" },
      Operations: {
        ListenAddress: `${orderer.listen}:${orderer.operationsPort}`,
        TLS: { ...tls, ClientAuthRequired: false, ClientRootCAs: clientRoots },
      },
      Metrics: { Provider: "prometheus" },
      Admin: {
        ListenAddress: `${orderer.listen}:${orderer.adminPort}`,
        TLS: { ...tls, RootCAs: clientRoots, ClientAuthRequired: true, ClientRootCAs: clientRoots },
      },
      ChannelParticipation: { Enabled: true, MaxRequestBodySize: "1 MB" },
      Consensus: { WALDir: "data/etcdraft/wal", SnapDir: "data/etcdraft/snapshot" },
    },
    "Generated from ledger/network/description.ts: change it there.",
  );
}

/** Keys in files beside the certificates. An organisation with a hardware module configures PKCS11 here. */
export function softwareKeys() {
  return { Default: "SW", SW: { Hash: "SHA2", Security: 256 } };
}
