import type { IncomingMessage } from "node:http";
import { isLoopbackOrigin, isReadable } from "@/lib/origin";
import { Refusal } from "./refusal";

const allowedMethods = ["GET", "HEAD", "POST", "OPTIONS"];
export const allow = allowedMethods.join(", ");

const MOST_HEADERS = 100;
/** Longest path with its query, characters. */
export const LONGEST_TARGET = 4_000;

/** Names and ports under which the site answers, as in a `Host` header. */
export type Hosts = { origin: string; others: ReadonlySet<string> };

const loopbackNames = ["localhost", "127.0.0.1", "[::1]"];

/**
 * Under which names the site answers: its origin's, those the operator adds, and loopback's with its own port, as
 * Next calls itself, or with its origin's where that is one of them: it leads from one to another. Any other name may be a stranger's that leads to this machine (DNS rebinding).
 */
export function hostsOf(options: { origin: string; port: number; allowed: readonly string[] }): Hosts {
  const { host, hostname, protocol, port } = new URL(options.origin);
  const usual = protocol === "https:" ? "443" : "80";
  const ports = [String(options.port), ...(isLoopbackOrigin(options.origin) ? [port || usual] : [])];
  const loopback = loopbackNames.flatMap((name) =>
    ports.flatMap((own) => [`${name}:${own}`, ...(own === "80" || own === usual ? [name] : [])]),
  );
  // A proxy may name the port that everybody leaves out.
  const names = [host, ...(port ? [] : [`${hostname}:${usual}`]), ...options.allowed];
  return {
    origin: options.origin,
    others: new Set([...names, ...loopback].map((name) => name.toLowerCase())),
  };
}

/**
 * The path and query a request asks for.
 * @throws Refusal for what no page could answer: method, form of the address, name of the site, number of headers
 */
export function readTarget(request: IncomingMessage, hosts: Hosts): string {
  const { method = "", url = "", rawHeaders } = request;
  if (rawHeaders.length > MOST_HEADERS * 2) throw new Refusal(431, "headers_too_large");
  if (!allowedMethods.includes(method)) throw new Refusal(405, "method_not_taken", { headers: { allow } });
  if (url.length > LONGEST_TARGET) throw new Refusal(414, "address_too_long");
  const { host, path } = split(url, request.headers.host);
  // Whoever watches the site may call it by its address: what it is told there is the same under every name.
  if (!isWatcher(path)) requireKnown(host, hosts);
  for (const forwarded of listOf(request.headers["x-forwarded-host"])) requireKnown(forwarded, hosts);
  if (url === "*" && method === "OPTIONS") return url;
  if (!/^\/(?![/\\])/.test(path) || !isReadable(path) || hasSteps(path))
    throw new Refusal(400, "not_readable");
  const hasBody = request.headers["transfer-encoding"] || Number(request.headers["content-length"] ?? 0) > 0;
  if (hasBody && method !== "POST") throw new Refusal(400, "not_readable");
  return path;
}

/**
 * Whether a path leads up and down again, or ends before its end: browsers resolve that before they ask, and of those
 * who read it here some would and others would not.
 */
function hasSteps(path: string): boolean {
  const [before = ""] = path.split("?", 1);
  return /[\\#]/.test(before) || before.split("/").some((part) => /^(?:\.|%2e){1,2}$/i.test(part));
}

/** Counts a check of a sealed ballot, from the page of any organisation: it reads no session, and changes a number alone. */
const fromAnyPage = /^\/api\/sealed\/[\w-]+\/[\w-]+\/checked$/;

/** @throws Refusal for a request that changes something and was sent by a page of another site */
export function requireOwnPage(request: IncomingMessage, hosts: Hosts): void {
  if (request.method !== "POST" || fromAnyPage.test(request.url ?? "")) return;
  const { origin, "sec-fetch-site": sender = "none" } = request.headers;
  const isOwn =
    (origin === undefined || origin === hosts.origin) && ["same-origin", "none"].includes(String(sender));
  if (!isOwn) throw new Refusal(403, "other_site", { params: { origin: hosts.origin } });
}

function isWatcher(path: string): boolean {
  return /^\/api\/(health|metrics)(?:\?|$)/.test(path);
}

/** A proxy's form of the address (RFC 9112, 3.2.2) names the site as well; that name goes before the header's. */
function split(url: string, header: string | undefined): { host: string | undefined; path: string } {
  if (!/^https?:\/\//i.test(url)) return { host: header, path: url };
  if (!URL.canParse(url)) throw new Refusal(400, "not_readable");
  const { host, pathname, search } = new URL(url);
  return { host, path: pathname + search };
}

function requireKnown(host: string | undefined, { origin, others }: Hosts): void {
  if (host === undefined || !others.has(host.toLowerCase()))
    throw new Refusal(421, "unknown_host", { params: { origin } });
}

function listOf(header: string | readonly string[] | undefined): string[] {
  return [header ?? []].flat().flatMap((value) => value.split(",").map((part) => part.trim()));
}
