import { endorsementPolicy, type Network, type OrderingOrganisation, peerName } from "../description";
import { recoveryKeysVariable } from "../recovery-keys";
import { caNames } from "./ca";
import { toYaml, type Yaml } from "./yaml";

/** Where an organisation's folder is inside its containers. */
export const HOME = "/cocity";

/** Official images. Peer and orderer must not be 2.5.0: its orderer can stop for ever at a restart (issue 4199). */
const IMAGES = {
  ca: "hyperledger/fabric-ca:1.5.12",
  orderer: "hyperledger/fabric-orderer:2.5.12",
  peer: "hyperledger/fabric-peer:2.5.12",
  tools: "hyperledger/fabric-tools:2.5.12",
} as const;

/**
 * `compose.yaml` of one organisation's host. What others must reach is published on all addresses, what serves the
 * organisation itself on loopback. Everything is kept in the folders beside the file.
 */
export function composeYaml(organisation: OrderingOrganisation): string {
  return toYaml({ name: `cocity-${organisation.name}`, services: composeServices(organisation) }, GENERATED);
}

/** The services of that file by name. */
export function composeServices(organisation: OrderingOrganisation): Record<string, Service> {
  const { ca, orderer, peer, chaincode } = organisation;
  const own = (folder: string) => `./${folder}:${HOME}/${folder}`;
  const services: Record<string, Service> = {
    ca: {
      ...service(IMAGES.ca, ca.host, ["fabric-ca-server", "start", "--home", `${HOME}/ca`]),
      volumes: [own("ca")],
      ports: [`127.0.0.1:${ca.port}:${ca.port}`],
    },
    orderer: {
      ...service(IMAGES.orderer, orderer.host, ["orderer"]),
      working_dir: `${HOME}/orderer`,
      environment: { FABRIC_CFG_PATH: `${HOME}/orderer`, FABRIC_LOGGING_FORMAT: "json" },
      volumes: [own("orderer")],
      ports: [
        `${orderer.port}:${orderer.port}`,
        `127.0.0.1:${orderer.adminPort}:${orderer.adminPort}`,
        `127.0.0.1:${orderer.operationsPort}:${orderer.operationsPort}`,
      ],
    },
    peer: {
      ...service(IMAGES.peer, peer.host, ["peer", "node", "start"]),
      working_dir: `${HOME}/peer`,
      environment: {
        FABRIC_CFG_PATH: `${HOME}/peer`,
        FABRIC_LOGGING_FORMAT: "json",
        COCITY_BUILDER_TLS: `${HOME}/peer/tls`,
      },
      volumes: [own("peer"), `${own("builder")}:ro`],
      ports: [`${peer.port}:${peer.port}`, `127.0.0.1:${peer.operationsPort}:${peer.operationsPort}`],
    },
    steps: {
      image: IMAGES.tools,
      profiles: ["steps"],
      working_dir: HOME,
      volumes: [`.:${HOME}`],
    },
    enrolment: {
      image: IMAGES.ca,
      profiles: ["steps"],
      working_dir: HOME,
      volumes: [`.:${HOME}`],
    },
  };
  for (let slot = 0; slot < chaincode.ports; slot++)
    services[`chaincode-${slot}`] = chaincodeService(organisation, slot);
  return services;
}

/** `organisation.env`: what the steps' scripts need to know. Nothing in it is secret. */
export function organisationEnv(network: Network, organisation: OrderingOrganisation): string {
  const { ca, orderer, peer, chaincode } = organisation;
  const names = caNames(organisation);
  return variables({
    CHANNEL: network.channel,
    CHAINCODE: network.chaincode,
    POLICY: endorsementPolicy(network),
    IDENTITY_CA: names.identities,
    TLS_CA: names.tls,
    CA_HOST: ca.host,
    CA_PORT: ca.port,
    ORDERER_HOST: orderer.host,
    ORDERER_PORT: orderer.port,
    ORDERER_ADMIN_PORT: orderer.adminPort,
    PEER_HOST: peer.host,
    PEER_NAME: peerName(organisation),
    PEER_PORT: peer.port,
    CHAINCODE_HOST: chaincode.host,
    CHAINCODE_PORT: chaincode.firstPort,
    CHAINCODE_PORTS: chaincode.ports,
    OTHERS: network.organisations
      .filter(({ name }) => name !== organisation.name)
      .map((other) => `${other.name}=${other.peer.host}:${other.peer.port}`)
      .join(" "),
  });
}

/** `peer.env`: the `peer` command as this organisation's administrator. */
export function peerEnv({ peer }: OrderingOrganisation): string {
  return variables(
    {
      FABRIC_CFG_PATH: "$PWD/peer",
      FABRIC_LOGGING_SPEC: "error",
      CORE_PEER_ADDRESS: `${peer.host}:${peer.port}`,
      CORE_PEER_MSPCONFIGPATH: "$PWD/administrator/msp",
    },
    "export ",
  );
}

const GENERATED = "Generated from ledger/network/description.ts by npm run fabric -- compose.";

export type Service = {
  image?: string;
  build?: string;
  command?: readonly string[];
  environment?: Record<string, string>;
  working_dir?: string;
  profiles?: readonly string[];
  restart?: string;
  networks?: Yaml;
  ports?: readonly string[];
  volumes?: readonly string[];
};

function service(image: string, alias: string, command: readonly string[]) {
  return {
    image,
    command,
    restart: "unless-stopped",
    networks: { default: { aliases: [alias] } },
  };
}

/** Two of them, so that the next version runs before the last one ends. */
function chaincodeService({ chaincode }: OrderingOrganisation, slot: number): Service {
  return {
    build: "./chaincode/image",
    profiles: [`chaincode-${slot}`],
    restart: "unless-stopped",
    networks: { default: { aliases: [chaincode.host] } },
    // The organisation names the recovery keys it knows in `.env`.
    environment: {
      NODE_ENV: "production",
      [recoveryKeysVariable]: `\${${recoveryKeysVariable}:-}`,
    },
    volumes: [`./chaincode/tls:${HOME}/chaincode/tls:ro`],
    command: [
      ...["npx", "fabric-chaincode-node", "server"],
      ...["--chaincode-address", `${chaincode.listen}:${chaincode.firstPort + slot}`],
      ...["--chaincode-id", `\${CHAINCODE_ID_${slot}:-}`],
      ...["--chaincode-tls-cert-file", `${HOME}/chaincode/tls/server.crt`],
      ...["--chaincode-tls-key-file", `${HOME}/chaincode/tls/server.key`],
      ...["--chaincode-tls-client-cacert-file", `${HOME}/chaincode/tls/ca.crt`],
    ],
  };
}

function variables(values: Readonly<Record<string, string | number>>, prefix = ""): string {
  return Object.entries(values)
    .map(([name, value]) => `${prefix}${name}="${value}"\n`)
    .join("");
}
