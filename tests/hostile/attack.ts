import { readFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { Random } from "./random";
import { type HostileRequest, hostileRequest, type Surroundings } from "./requests";

export type Report = {
  sent: number;
  /** Answers by status; 0 for a connection that was closed without one. */
  statuses: Record<string, number>;
  /** What must not be, with the number of the request that did it. */
  faults: string[];
  /** Resident memory of the site's process after the first fifth, and at the end, MB. */
  memoryMb: [number, number];
};

const clients = 6;
/** Of the kind that waits or does not read, so many are left open. */
const mostOpen = 40;
const shownFaults = 20;

/**
 * Sends random requests to a running site, the same for the same seed, each of which must be answered, or its
 * connection closed, in time; a failure of the site must have an id.
 */
export async function attack(options: {
  around: Surroundings;
  site: number;
  seed: number;
  seconds: number;
  longestMs: number;
}): Promise<Report> {
  const { around, site, seed, seconds, longestMs } = options;
  const random = new Random(seed);
  const report: Report = { sent: 0, statuses: {}, faults: [], memoryMb: [0, 0] };
  const open: Socket[] = [];
  const started = Date.now();
  const end = started + seconds * 1000;
  const fault = (text: string) => {
    if (report.faults.length < shownFaults) report.faults.push(text);
  };
  const client = async () => {
    while (Date.now() < end) {
      const number = report.sent;
      report.sent += 1;
      const request = hostileRequest(random, around);
      if (report.memoryMb[0] === 0 && Date.now() > started + seconds * 200)
        report.memoryMb[0] = await memoryMb(site);
      const { answer, socket } = send(around.host, request, longestMs);
      if (request.manner === "silent" || request.manner === "deaf") {
        open.push(socket);
        if (open.length > mostOpen) open.shift()?.destroy();
        continue;
      }
      const text = await answer;
      const status = text === undefined ? "none" : (/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? "0");
      report.statuses[status] = (report.statuses[status] ?? 0) + 1;
      const about = `${number} ${request.kind}: ${JSON.stringify(request.bytes.subarray(0, 600).toString("latin1"))}`;
      if (text === undefined) fault(`not answered in ${longestMs} ms: ${about}`);
      else if (status.startsWith("5") && !hasId(text)) fault(`${status} without an id: ${about}`);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  for (const socket of open) socket.destroy();
  report.memoryMb[1] = await memoryMb(site);
  return report;
}

/** In the header, or as the digest that the page shows. */
function hasId(text: string): boolean {
  return /^x-request-id: [0-9a-f-]{36}/im.test(text) || /"digest":"\d+"|data-dgst="\d+/.test(text);
}

/** @returns what came until the connection was closed; undefined where it was not in time */
function send(
  host: string,
  { bytes, manner }: HostileRequest,
  longestMs: number,
): { answer: Promise<string | undefined>; socket: Socket } {
  const { hostname, port } = new URL(`http://${host}`);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => undefined);
  if (manner === "silent") socket.write(bytes.subarray(0, Math.floor(bytes.length / 2)));
  else if (manner === "pieces") {
    const middle = Math.floor(bytes.length / 2);
    socket.write(bytes.subarray(0, middle));
    setTimeout(() => socket.end(bytes.subarray(middle)), 50);
  } else socket.write(bytes);
  const answer = new Promise<string | undefined>((resolve) => {
    if (manner === "deaf" || manner === "silent") {
      socket.pause();
      resolve("");
      return;
    }
    const chunks: Buffer[] = [];
    let ending: NodeJS.Timeout;
    const finish = () => {
      clearTimeout(limit);
      clearTimeout(ending);
      socket.destroy();
      resolve(Buffer.concat(chunks).toString("latin1"));
    };
    const limit = setTimeout(() => {
      resolve(undefined);
      finish();
    }, longestMs);
    // A body shorter than announced would be waited for: whoever sent it goes.
    ending = setTimeout(() => socket.end(), 1_000);
    socket.on("data", (chunk) => {
      chunks.push(chunk);
      clearTimeout(limit);
      // The connection may be kept: an answer after which nothing comes is whole.
      clearTimeout(ending);
      ending = setTimeout(finish, 500);
    });
    socket.on("close", finish);
  });
  return { answer, socket };
}

async function memoryMb(processId: number): Promise<number> {
  const status = await readFile(`/proc/${processId}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1000;
}
