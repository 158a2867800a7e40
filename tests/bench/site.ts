import { mkdtemp, rm } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@/tests/free-port";
import { startCoCity } from "../browser/co-city";
import { shareEnvironment } from "../browser/environment";
import { sessionCookie } from "../browser/session";
import { personWith } from "./city/pages";
import { builtFirstLoads } from "./measurement/first-load";
import { crawl } from "./measurement/routes";
import { secondStart } from "./measurement/second-start";

export const needs = "site";

/**
 * First start (new data folder, trial data included, everything built) and second start; then, on the running
 * site: pages at a steady rate and as fast as they come, and each route's JavaScript for a first visit.
 */
export default async function measureSite(): Promise<object> {
  const data = await mkdtemp(join(tmpdir(), "cocity-bench-"));
  const port = await freePort();
  try {
    const first = await startCoCity(data, port);
    await first.stop();
    const { coCity: second, ...times } = await secondStart(data, port);
    try {
      const routes = await crawl(second.origin);
      const thread = routes.get("/torino/beni/*");
      if (!thread) throw new Error("no page leads to a thread");
      await shareEnvironment({ origin: second.origin, data });
      const cookies = {
        resident: await sessionCookie(await personWith(null)),
        officer: await sessionCookie(await personWith("responsible_officer")),
      };
      return {
        firstStartSeconds: round(first.startSeconds),
        secondStart: times,
        pages: {
          home: await measurePage(second.origin, "/torino", cookies),
          thread: await measurePage(second.origin, thread, cookies),
        },
        firstLoadJavaScriptKb: await firstLoads(second.origin, routes),
        // Also what is behind the sign-in.
        builtJavaScriptKb: await builtFirstLoads(),
      };
    } finally {
      await second.stop();
    }
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

const steadyPerSecond = 50;
const steadySeconds = 10;
const fullSpeedClients = 10;

const silentReaders = 20;

async function measurePage(
  origin: string,
  path: string,
  cookies: { resident: string; officer: string },
): Promise<object> {
  for (let turn = 0; turn < 20; turn++) await timed(origin + path);
  const steady = await atSteadyRate(origin + path);
  const release = askWithoutReading(origin, path);
  const beside = await atSteadyRate(origin + path);
  release();
  return {
    path,
    steadyPerSecond,
    ...steady,
    [`beside${silentReaders}WhoNeverRead`]: beside,
    fullSpeedPerSecond: round(await fullSpeed(origin + path)),
    // Whoever has a cookie that is not known gets a page of their own.
    fullSpeedPerSecondWithCookie: round(await fullSpeed(origin + path, { cookie: "visitor=1" })),
    fullSpeedPerSecondSignedIn: {
      // Somebody in office always gets a page of their own.
      resident: round(await fullSpeed(origin + path, { cookie: cookies.resident })),
      officer: round(await fullSpeed(origin + path, { cookie: cookies.officer })),
    },
  };
}

async function atSteadyRate(url: string): Promise<{ p50Ms: number; p95Ms: number }> {
  const asked: Promise<number>[] = [];
  const started = performance.now();
  for (let turn = 0; turn < steadyPerSecond * steadySeconds; turn++) {
    const due = started + (turn * 1000) / steadyPerSecond;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    asked.push(timed(url));
  }
  const durations = (await Promise.all(asked)).sort((a, b) => a - b);
  const at = (part: number) => round(durations[Math.floor(durations.length * part)] ?? Number.NaN);
  return { p50Ms: at(0.5), p95Ms: at(0.95) };
}

/** Clients that ask for a page again and again, whenever they are cut off, and never read it. */
function askWithoutReading(origin: string, path: string): () => void {
  const { hostname, port, host } = new URL(origin);
  const sockets = new Set<Socket>();
  let released = false;
  const ask = () => {
    if (released) return;
    const socket = connect(Number(port), hostname);
    sockets.add(socket);
    socket.pause();
    socket.on("error", () => undefined);
    socket.on("close", () => {
      sockets.delete(socket);
      ask();
    });
    socket.write(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\n\r\n`);
  };
  for (let turn = 0; turn < silentReaders; turn++) ask();
  return () => {
    released = true;
    for (const socket of sockets) socket.destroy();
  };
}

async function fullSpeed(url: string, headers: Record<string, string> = {}): Promise<number> {
  const started = performance.now();
  const end = started + 5000;
  let count = 0;
  const client = async () => {
    while (performance.now() < end) {
      await timed(url, headers);
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: fullSpeedClients }, client));
  return (count * 1000) / (performance.now() - started);
}

async function timed(url: string, headers: Record<string, string> = {}): Promise<number> {
  const started = performance.now();
  const response = await fetch(url, { headers });
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
  return performance.now() - started;
}

async function firstLoads(
  origin: string,
  routes: ReadonlyMap<string, string>,
): Promise<Record<string, number>> {
  const sizes = new Map<string, number>();
  const result: Record<string, number> = {};
  for (const [route, path] of [...routes].sort()) {
    const html = await (await fetch(origin + path)).text();
    let bytes = 0;
    for (const tag of html.match(/<script [^>]*src="[^"]+"[^>]*>/g) ?? []) {
      const source = /src="([^"]+)"/.exec(tag)?.[1];
      // Browsers of today do not fetch what is there for those without modules.
      if (!source || /noModule/i.test(tag)) continue;
      const size = sizes.get(source) ?? (await sentBytes(new URL(source, origin)));
      sizes.set(source, size);
      bytes += size;
    }
    result[route] = round(bytes / 1024);
  }
  return result;
}

/** As a browser that takes Brotli gets it. */
async function sentBytes(url: URL): Promise<number> {
  const response = await fetch(url, { headers: { "accept-encoding": "br, gzip" } });
  const bytes = await response.bytes();
  return Number(response.headers.get("content-length") ?? bytes.length);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
