import { z } from "zod";

const port = z.number().int().min(1).max(65535);
const host = z.string().regex(/^[a-z0-9.-]+$/i);
const endpoint = z.object({ host, port, listen: host });

const ordererSchema = endpoint.extend({ adminPort: port, operationsPort: port });

/** One organisation: who it is and where its nodes are reached. A `listen` address differs from `host` in containers. */
export const organisationSchema = z.object({
  /** Folder, process and CA names are made of it. */
  name: z.string().regex(/^[a-z][a-z0-9]{1,19}$/, "lower-case letters and digits, 2 to 20, a letter first"),
  mspId: z.string().regex(/^[A-Z][A-Za-z0-9]{1,29}MSP$/),
  title: z.string().min(1),
  /** Put before the command of each of its processes, e.g. to enter a network namespace. */
  launcher: z.array(z.string()).default([]),
  ca: endpoint.extend({ operationsPort: port }),
  peer: endpoint.extend({ chaincodePort: port, operationsPort: port }),
  /** An organisation that joins later may order nothing: a fourth Raft node survives no more losses than three. */
  orderer: ordererSchema.optional(),
  /** The chaincode process of sequence n listens on `firstPort + n % ports`, so that two versions can run at once. */
  chaincode: z.object({ host, listen: host, firstPort: port, ports: z.number().int().min(2) }),
});

export const networkSchema = z.object({
  channel: z.string().regex(/^[a-z][a-z0-9.-]*$/),
  chaincode: z.string().regex(/^[a-z][a-z0-9_-]*$/),
  organisations: z.array(organisationSchema).min(1),
  /** How many different organisations must endorse a transaction. */
  endorsers: z.number().int().min(2),
  batch: z.object({
    timeoutMs: z.number().int().positive(),
    messages: z.number().int().positive(),
    preferredBytes: z.number().int().positive(),
    absoluteBytes: z.number().int().positive(),
  }),
  raft: z.object({ tickMs: z.number().int().positive(), electionTicks: z.number().int().min(2) }),
});

export type Organisation = z.infer<typeof organisationSchema>;
export type OrderingOrganisation = Organisation & { orderer: z.infer<typeof ordererSchema> };
export type Network = z.infer<typeof networkSchema>;

/** Ports that each organisation takes on one machine, from its first. */
export const PORTS_PER_ORGANISATION = 20;
export const DEFAULT_FIRST_PORT = 7050;

const FOUNDERS = [
  { name: "comune", mspId: "ComuneMSP", title: "Comune" },
  { name: "case", mspId: "CaseMSP", title: "Case del Quartiere" },
  { name: "garanti", mspId: "GarantiMSP", title: "Garanti" },
] as const;

/** Figures measured on two cores; `README.md` beside this file says how they bear on latency. */
const DEFAULTS = {
  channel: "cocity",
  chaincode: "cocity",
  endorsers: 2,
  batch: { timeoutMs: 250, messages: 500, preferredBytes: 2 * 1024 * 1024, absoluteBytes: 10 * 1024 * 1024 },
  raft: { tickMs: 200, electionTicks: 10 },
} as const;

/**
 * The three founding organisations on one machine.
 * @param hosts where each organisation's nodes listen, by position; loopback when absent. Network namespaces
 *   give each organisation an address of its own.
 */
export function networkOnOneMachine(firstPort = DEFAULT_FIRST_PORT, hosts: readonly string[] = []): Network {
  return networkSchema.parse({
    ...DEFAULTS,
    organisations: FOUNDERS.map((founder, index) => ({
      ...founder,
      ...placeOnOneMachine(firstPort, index, true, hosts[index]),
    })),
  });
}

/**
 * An organisation that joins a network on one machine: a CA, a peer, a chaincode process, no orderer. One that has
 * begun to join keeps its place.
 */
export function joiningOrganisation(network: Network, name: string): Organisation {
  const begun = network.organisations.find((organisation) => organisation.name === name);
  if (begun) return begun;
  const title = name.charAt(0).toUpperCase() + name.slice(1);
  return organisationSchema.parse({
    name,
    mspId: `${title}MSP`,
    title,
    ...placeOnOneMachine(firstPortOf(network), network.organisations.length, false),
  });
}

/** The founders on hosts of their own, each under its domain; containers listen on all their interfaces. */
export function networkOnSeparateHosts(domains: Readonly<Record<string, string>>): Network {
  return networkSchema.parse({
    ...DEFAULTS,
    organisations: FOUNDERS.map((founder) => ({
      ...founder,
      ...placeOnOwnHost(domains[founder.name] ?? `${founder.name}.example`),
    })),
  });
}

/** Organisations that join are placed after it. */
function firstPortOf(network: Network): number {
  return Math.min(...network.organisations.map((organisation) => organisation.ca.port));
}

export function orderingOrganisations(network: Network): OrderingOrganisation[] {
  return network.organisations.filter(
    (organisation): organisation is OrderingOrganisation => organisation.orderer !== undefined,
  );
}

/** @throws RangeError when no organisation of the network has this name. */
export function organisationNamed(network: Network, name: string): Organisation {
  const organisation = network.organisations.find((candidate) => candidate.name === name);
  if (organisation) return organisation;
  const names = network.organisations.map((candidate) => candidate.name).join(", ");
  throw new RangeError(`No organisation is called ${name}; there are ${names}`);
}

/** The signature policy of the chaincode and of its lifecycle, in the words of `peer lifecycle chaincode`. */
export function endorsementPolicy(network: Network): string {
  const peers = network.organisations.map((organisation) => `'${organisation.mspId}.peer'`).join(", ");
  return `OutOf(${network.endorsers}, ${peers})`;
}

/** A name for the peer in its TLS certificate besides its host, which may be an address. */
export function peerName({ name }: Pick<Organisation, "name">): string {
  return `peer.${name}`;
}

export function chaincodePort(organisation: Organisation, sequence: number): number {
  return organisation.chaincode.firstPort + (sequence % organisation.chaincode.ports);
}

function placeOnOneMachine(firstPort: number, index: number, orders: boolean, host = "127.0.0.1") {
  const base = firstPort + index * PORTS_PER_ORGANISATION;
  const at = (offset: number) => ({ host, listen: host, port: base + offset });
  return {
    ca: { ...at(0), operationsPort: base + 1 },
    peer: { ...at(2), chaincodePort: base + 3, operationsPort: base + 4 },
    ...(orders ? { orderer: { ...at(5), adminPort: base + 6, operationsPort: base + 7 } } : {}),
    chaincode: { host, listen: host, firstPort: base + 10, ports: 10 },
  };
}

function placeOnOwnHost(domain: string) {
  const listen = "0.0.0.0";
  return {
    ca: { host: `ca.${domain}`, listen, port: 7054, operationsPort: 9446 },
    peer: { host: `peer.${domain}`, listen, port: 7051, chaincodePort: 7052, operationsPort: 9444 },
    orderer: { host: `orderer.${domain}`, listen, port: 7050, adminPort: 7053, operationsPort: 9443 },
    chaincode: { host: `chaincode.${domain}`, listen, firstPort: 9999, ports: 2 },
  };
}
