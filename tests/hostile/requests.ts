import { randomUUID } from "node:crypto";
import type { KnownAction } from "../browser/post-action";
import type { Random } from "./random";

/** Bytes to send to the site, and how. */
export type HostileRequest = {
  kind: string;
  bytes: Buffer;
  /** `silent`: the sender stops in the middle; `deaf`: it does not read; both are not waited for. */
  manner: "usual" | "pieces" | "silent" | "deaf";
};

export type Surroundings = {
  host: string;
  origin: string;
  /** Paths of pages that are there. */
  paths: readonly string[];
  actions: readonly KnownAction[];
  /** Of people who may be signed in, and what is none. */
  cookies: readonly string[];
  /** Ids of records that are there. */
  ids: readonly string[];
};

const methods = [
  "GET",
  "GET",
  "GET",
  "POST",
  "HEAD",
  "OPTIONS",
  "PUT",
  "DELETE",
  "TRACE",
  "PATCH",
  "CONNECT",
  "M-SEARCH",
  "get",
  "",
];
const targets = [
  "/",
  "//",
  "*",
  "/%",
  "/%00",
  "/%E0%A4%A",
  "/..%2f..%2fetc/passwd",
  "/\\x",
  "http://elsewhere.example/",
  "/_next/static/../../package.json",
];
const places = [
  ...[
    "/api/auth/session",
    "/api/auth/csrf",
    "/api/auth/callback/identity",
    "/api/auth/signin/identity",
    "/api/auth/x",
  ],
  ...["/api/sign-in", "/api/sign-out", "/api/theme", "/api/health", "/api/metrics", "/api/personal-data"],
  ...[
    "/api/federation/.well-known/openid-federation",
    "/api/federation/c_l219/callback",
    "/api/federation/fetch",
  ],
  ...["/api/boundaries/all", "/api/boundaries/001272", "/api/uploads/torino", "/api/uploads/torino/digest"],
  "/api/uploads/torino/map",
  ...[
    "/api/rounds/torino/x/ballots.csv",
    "/api/funds/torino/payments.csv",
    "/api/open-data/torino/grants.csv?year=1",
    "/api/files/torino/x/y",
  ],
  "/api/verify/torino",
  ...[
    "/trial-id/auth",
    "/trial-id/token",
    "/trial-id/choice/x",
    "/trial-id/.well-known/openid-configuration",
    "/trial-id/me",
  ],
  ...[
    "/_next/image?url=x&w=1",
    "/_next/data/x.json",
    "/_next/static/x.js",
    "/service-worker.js",
    "/sitemap.xml",
    "/robots.txt",
  ],
];
const parameters = [
  "pagina",
  "cerca",
  "stato",
  "tipo",
  "zona",
  "vista",
  "anno",
  "nome",
  "file",
  "limite",
  "da",
  "ritorno",
  "lingua",
  "_rsc",
  "callbackUrl",
  "error",
  "code",
  "state",
];
const values = [
  "",
  "-1",
  "1e999",
  "NaN",
  "%",
  "%25",
  "%00",
  "%2e%2e",
  "%27%3B--",
  "[]",
  "a%0d%0ab: c",
  "//elsewhere.example",
  "%F0%9F%8C%B3",
  "__proto__",
];
const names = [
  "host",
  "origin",
  "referer",
  "cookie",
  "accept",
  "accept-language",
  "accept-encoding",
  "content-type",
  "expect",
  "range",
  "if-none-match",
  "x-forwarded-host",
  "x-forwarded-for",
  "x-forwarded-proto",
  "forwarded",
  "rsc",
  "next-router-state-tree",
  "next-router-prefetch",
  "next-url",
  "next-action",
  "x-middleware-subrequest",
  "x-middleware-prefetch",
  "x-nextjs-data",
  "x-invoke-path",
  "x-matched-path",
  "next-resume",
  "x-action-forwarded",
  "x-http-method-override",
  "upgrade",
  "connection",
  "te",
  "transfer-encoding",
  "content-length",
  "authorization",
  "x-request-id",
  "x-nonce",
  "x-cocity-path",
];
const fields = [
  "0",
  "1",
  "_1_x[4294967294]",
  "_1_x[10000000]",
  "_1___proto__.a",
  "__state__",
  "__intent__",
  "_1___state__",
  "$ACTION_REF_1",
  "$ACTION_1:0",
  "$ACTION_KEY",
  "$ACTION_ID_00",
  "_1_command",
  "_1_round",
  "_1_proposal",
  "_1_text",
  "_1_cost",
  "_1_choices[0]",
  "_1_a.b.c.d.e.f.g.h",
  "title",
  "file",
  "_9_x",
];
const argumentTexts = [
  '["$undefined","$K1"]',
  '["$undefined","$K2"]',
  "{",
  "=",
  "[]",
  "null",
  '["$@1"]',
  '"$@0"',
  '["$F1","$K1"]',
  '["$Q1"]',
  '["$B1"]',
  '["$1:a:b"]',
  '["$R1"]',
  '["$D1e99"]',
  "[".repeat(5000),
  '{"type":"insert","payload":{"name":"x","index":1e9}}',
];

const kinds = { line, page, action, form, upload, place };

/** One request that no browser of a well-meaning person sends. */
export function hostileRequest(random: Random, around: Surroundings): HostileRequest {
  const kind = random.pick(Object.keys(kinds) as (keyof typeof kinds)[]);
  const bytes = kinds[kind](random, around);
  const manner = random.chance(0.9)
    ? random.chance(0.1)
      ? "pieces"
      : "usual"
    : random.pick(["silent", "deaf"] as const);
  return { kind, bytes, manner };
}

/** Anything in the place of a request line. */
function line(random: Random, around: Surroundings): Buffer {
  if (random.chance(0.1)) return Buffer.from(random.text(), "latin1");
  const target = random.chance(0.5) ? random.pick(targets) : `/${encodeURI(clean(random.text()))}`;
  const version = random.pick(["HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/9"]);
  return request(random, around, `${random.pick(methods)} ${target} ${version}`, "");
}

function page(random: Random, around: Surroundings): Buffer {
  const path = random.chance(0.7) ? random.pick(around.paths) : mutated(random, random.pick(around.paths));
  return request(
    random,
    around,
    `${random.pick(["GET", "GET", "HEAD"])} ${path}${query(random)} HTTP/1.1`,
    "",
  );
}

function place(random: Random, around: Surroundings): Buffer {
  const path = random.pick(places);
  if (random.chance(0.5)) return request(random, around, `GET ${path}${query(random)} HTTP/1.1`, "");
  const form = random.some(5, () => `${random.pick(parameters)}=${random.pick(values)}`).join("&");
  const type = random.pick([
    "application/x-www-form-urlencoded",
    "application/json",
    "text/plain",
    "multipart/form-data",
  ]);
  return request(random, around, `POST ${path}${query(random)} HTTP/1.1`, form, { "content-type": type });
}

/** An action as the site's script sends it. */
function action(random: Random, around: Surroundings): Buffer {
  const { id } = random.pick(around.actions);
  const entries: [string, string][] = random.some(12, () => [
    random.pick(fields),
    fieldValue(random, around),
  ]);
  const first = random.chance(0.7) ? '["$undefined","$K1"]' : random.pick(argumentTexts);
  entries.push(["0", first]);
  const headers = { accept: "text/x-component", "next-action": random.chance(0.9) ? id : random.text() };
  return multipart(random, around, random.pick(around.paths), entries, headers);
}

/** A form as a browser without scripts sends it. */
function form(random: Random, around: Surroundings): Buffer {
  const entries: [string, string][] = random.some(20, () => [
    random.pick(fields),
    fieldValue(random, around),
  ]);
  const { id } = random.pick(around.actions);
  if (random.chance(0.6))
    entries.push(
      ["$ACTION_REF_1", ""],
      ["$ACTION_1:0", JSON.stringify({ id, bound: "$@1" })],
      ["$ACTION_1:1", "[null]"],
    );
  if (random.chance(0.03)) for (let index = 0; index < 5_000; index += 1) entries.push([`x[${index}]`, ""]);
  return multipart(random, around, random.pick(around.paths), entries, {});
}

function upload(random: Random, around: Surroundings): Buffer {
  const content = random
    .pick(["%PDF-1.4\n", "PK\u0003\u0004", "MZ", "<script>", ""])
    .padEnd(random.below(100_000), "x");
  const boundary = random.pick(["b", "", "b".repeat(100)]);
  const name = clean(random.text()).replaceAll('"', "") || "a.pdf";
  const body = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${random.pick(["application/pdf", "x", ""])}\r\n\r\n${content}\r\n--${boundary}--\r\n`;
  const path = `/api/uploads/${random.pick(["torino", "torino/digest", "torino/map", "nowhere"])}`;
  const cut = random.chance(0.4) ? body.slice(0, random.below(body.length)) : body;
  return request(random, around, `POST ${path}${query(random)} HTTP/1.1`, cut, {
    "content-type": `multipart/form-data; boundary=${boundary}`,
    ...(random.chance(0.2) && { "content-length": String(random.pick([0, 5, 50_000_000, 2 ** 53])) }),
  });
}

function multipart(
  random: Random,
  around: Surroundings,
  path: string,
  entries: readonly [string, string][],
  headers: Readonly<Record<string, string>>,
): Buffer {
  const parts = entries.map(
    ([name, value]) => `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const body = `${parts.join("")}${random.chance(0.95) ? "--b--\r\n" : ""}`;
  return request(random, around, `POST ${path} HTTP/1.1`, body, {
    "content-type": "multipart/form-data; boundary=b",
    origin: around.origin,
    ...headers,
  });
}

function fieldValue(random: Random, around: Surroundings): string {
  const kind = random.below(4);
  if (kind === 0) return random.pick(argumentTexts);
  if (kind === 1) return random.pick([...around.ids, randomUUID()]);
  return kind === 2 ? random.text() : random.pick(values);
}

function query(random: Random): string {
  const pairs = random.some(4, () => `${random.pick(parameters)}=${random.pick(values)}`);
  return pairs.length > 0 ? `?${pairs.join("&")}` : "";
}

function mutated(random: Random, path: string): string {
  const at = random.below(path.length);
  return (
    path.slice(0, at) +
    random.pick(["%", "%2F", "//", "..", "%00", "🌳", "-", "'", "x".repeat(3_000)]) +
    path.slice(at)
  );
}

/** What would end a line. */
function clean(text: string): string {
  return text
    .replace(/[\r\n\0]/g, "")
    .slice(0, 2_000)
    .toWellFormed();
}

function request(
  random: Random,
  around: Surroundings,
  requestLine: string,
  body: string,
  given: Readonly<Record<string, string>> = {},
): Buffer {
  const content = Buffer.from(body);
  const headers: [string, string][] = [
    ["host", around.host],
    ["connection", "close"],
    ...(content.length > 0 ? [["content-length", String(content.length)] as [string, string]] : []),
    ...(random.chance(0.6) ? [["cookie", random.pick(around.cookies)] as [string, string]] : []),
    ...Object.entries(given),
  ];
  if (random.chance(0.3))
    headers.push(...random.some(3, (): [string, string] => [random.pick(names), clean(random.text())]));
  if (random.chance(0.02)) headers.push(...Array.from({ length: 500 }, (): [string, string] => ["a", "b"]));
  const unique = new Map(headers.map(([name, value]) => [name, value]));
  const lines = [...(random.chance(0.95) ? unique : headers)].map(([name, value]) => `${name}: ${value}`);
  return Buffer.concat([Buffer.from(`${[requestLine, ...lines].join("\r\n")}\r\n\r\n`, "latin1"), content]);
}
