/** Which addresses the site goes to when somebody else names them. */
import { BlockList, isIP } from "node:net";
import { Unreachable } from "./unreachable";

const notPublic = new BlockList();
for (const [network, bits] of [
  ...([
    ["0.0.0.0", 8],
    ["10.0.0.0", 8],
    ["100.64.0.0", 10],
    ["127.0.0.0", 8],
  ] as const),
  ...([
    ["169.254.0.0", 16],
    ["172.16.0.0", 12],
    ["192.0.0.0", 24],
    ["192.0.2.0", 24],
  ] as const),
  ...([
    ["192.88.99.0", 24],
    ["192.168.0.0", 16],
    ["198.18.0.0", 15],
    ["198.51.100.0", 24],
  ] as const),
  ...([
    ["203.0.113.0", 24],
    ["224.0.0.0", 3],
  ] as const),
] as const)
  notPublic.addSubnet(network, bits, "ipv4");
/** Of IPv6 only what is routed in public (2000::/3), less what leads into IPv4 or is for documents. */
const publicSix = new BlockList();
publicSix.addSubnet("2000::", 3, "ipv6");
const notPublicSix = new BlockList();
for (const [network, bits] of [
  ...([
    ["2001::", 23],
    ["2001:db8::", 32],
    ["2002::", 16],
    ["3fff::", 20],
  ] as const),
] as const)
  notPublicSix.addSubnet(network, bits, "ipv6");

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** Whether a number is one that anybody can reach. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !notPublic.check(address, "ipv4");
  return family === 6 && publicSix.check(address, "ipv6") && !notPublicSix.check(address, "ipv6");
}

export function isLoopbackAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && loopback.check(address, family === 4 ? "ipv4" : "ipv6");
}

/** Whether a site that has this origin is reached from its own machine alone. */
export function isThisMachine(origin: string): boolean {
  const { hostname, protocol } = new URL(origin);
  return (
    protocol === "http:" && (hostname === "localhost" || isLoopbackAddress(hostname.replace(/^\[|\]$/g, "")))
  );
}

/**
 * How far an address may lead: to numbers that anybody can reach; to this machine too, also by http, which is only for a
 * site that is itself there; or anywhere, for addresses that the operator has named.
 */
export type Reach = "public" | "loopback" | "anywhere";

/** Whether a connection to this number may be made. */
export function isWithin(reach: Reach, address: string): boolean {
  return (
    reach === "anywhere" || isPublicAddress(address) || (reach === "loopback" && isLoopbackAddress(address))
  );
}

/**
 * An address as it may be followed: https, without user, password and fragment, to no number beyond its reach.
 * @throws Unreachable
 */
export function followable(address: string, reach: Reach): URL {
  if (address.length > 2000 || !URL.canParse(address)) throw new Unreachable("no address");
  const url = new URL(address);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (url.username || url.password || url.hash) throw new Unreachable("an address with a user or a fragment");
  const isNear = reach === "loopback" && (host === "localhost" || isLoopbackAddress(host));
  if ((isNear || reach === "anywhere") && /^https?:$/.test(url.protocol)) return url;
  if (url.protocol !== "https:") throw new Unreachable("an address without https");
  if (isIP(host) && !isPublicAddress(host)) throw new Unreachable("private network");
  return url;
}
