/** A push service on this machine: it checks what real ones check, and reads messages as the browsers do. */
import { createPublicKey, verify } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { decrypted, newBrowser, type TestBrowser } from "@/features/push/test/browser";

export type Message = { browser: string; topic: string; headers: IncomingHttpHeaders; text: string };

export type PushService = {
  origin: string;
  /** All that were taken, also one that takes the place of another. */
  received: Message[];
  /** Why something was not taken: of the service's own rules. */
  faults: string[];
  /** What it answers instead of taking a message, by browser, once for each entry. */
  answers: Map<string, { status: number; headers?: Record<string, string> }[]>;
  browser(name: string): TestBrowser;
  close(): Promise<void>;
};

export async function startPushService(): Promise<PushService> {
  const browsers = new Map<string, TestBrowser>();
  const received: Message[] = [];
  const faults: string[] = [];
  const answers: PushService["answers"] = new Map();
  let origin = "";
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const name = (request.url ?? "").slice(1);
      const browser = browsers.get(name);
      const other = answers.get(name)?.shift();
      if (other) return void response.writeHead(other.status, other.headers).end();
      if (!browser) return void response.writeHead(404).end();
      const { headers } = request;
      const fault = faultOf(request.method, headers, origin);
      if (fault) {
        faults.push(fault);
        return void response.writeHead(400).end();
      }
      const text = decrypted(browser, Buffer.concat(chunks));
      received.push({ browser: name, topic: String(headers.topic), headers, text });
      response.writeHead(201, { location: `${origin}/message/${received.length}` }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ origin, received, faults, answers },
    browser(name) {
      const made = newBrowser(`${origin}/${name}`);
      browsers.set(name, made);
      return made;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** What RFC 8030, 8188, 8291 and 8292 ask of a request. */
function faultOf(method = "", headers: IncomingHttpHeaders, origin: string): string | undefined {
  if (method !== "POST") return "method";
  if (headers["content-encoding"] !== "aes128gcm") return "content-encoding";
  if (!/^\d+$/.test(String(headers.ttl))) return "ttl";
  if (!/^(very-low|low|normal|high)$/.test(String(headers.urgency))) return "urgency";
  if (!/^[\w-]{1,32}$/.test(String(headers.topic))) return "topic";
  if (Number(headers["content-length"]) > 4_096) return "length";
  const [, token = "", key = ""] =
    /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(String(headers.authorization)) ?? [];
  const [head = "", claims = "", signature = ""] = token.split(".");
  const point = Buffer.from(key, "base64url");
  if (point.length !== 65 || point[0] !== 4) return "key";
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString("base64url"));
  const publicKey = createPublicKey({
    key: { kty: "EC", crv: "P-256", x: x ?? "", y: y ?? "" },
    format: "jwk",
  });
  const isSigned = verify(
    "sha256",
    Buffer.from(`${head}.${claims}`),
    { key: publicKey, dsaEncoding: "ieee-p1363" },
    Buffer.from(signature, "base64url"),
  );
  if (!isSigned || read(head).alg !== "ES256") return "signature";
  const { aud, exp, sub } = read(claims);
  if (aud !== origin) return "audience";
  const left = Number(exp) - Date.now() / 1_000;
  if (!(left > 0 && left <= 86_400)) return "expiry";
  return /^(https:|mailto:)/.test(String(sub)) ? undefined : "contact";
}

function read(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
}
