import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { closeFront, createFront } from "./front";
import { hostsOf } from "./target";

type Passed = { method: string; url: string; headers: IncomingMessage["headers"]; body: Buffer<ArrayBuffer> };

let server: Server;
let origin: string;
let port: number;
let passed: Passed[];
let answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>;

beforeEach(async () => {
  passed = [];
  answer = async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const { method = "", url = "", headers } = request;
    passed.push({ method, url, headers, body });
    response.end("passed");
  };
  await open("http://127.0.0.1");
});
afterEach(close);

async function open(name: string): Promise<void> {
  const hosts = { ...hostsOf({ origin: name, port: 1, allowed: ["balancer.example"] }) };
  const others = new Set(hosts.others);
  server = createFront({
    hosts: {
      get origin() {
        return name === "http://127.0.0.1" ? origin : name;
      },
      others,
    },
    proxies: new Set(["127.0.0.2"]),
    hasSession: ({ headers }) => headers.cookie === "session=1",
    checkMs: 50,
    answer: (request, response) => answer(request, response),
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  port = (server.address() as AddressInfo).port;
  origin = `http://127.0.0.1:${port}`;
  others.add(`127.0.0.1:${port}`);
}

function close(): Promise<void> {
  return closeFront(server, 100);
}

/** Sends bytes as they are. @returns what came until the connection was closed */
function raw(text: string, end = true): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = "";
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(text, "latin1");
      if (end) socket.end();
    });
    socket.setTimeout(15_000, () => reject(new Error(`no end after: ${received}`)));
    socket.on("data", (chunk) => {
      received += chunk;
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(received));
  });
}

const host = () => `host: 127.0.0.1:${port}\r\nconnection: close\r\n\r\n`;

describe("what is no request for a page", () => {
  it.each([
    ["GET //", 400],
    ["GET //elsewhere.example/", 400],
    ["GET /\\elsewhere.example", 400],
    ["GET /%", 400],
    ["GET /torino/%E0%A4%A", 400],
    ["GET /a%00", 400],
    ["GET /torino/../roma", 400],
    ["GET /torino/./roma", 400],
    ["GET /torino/%2E%2e/roma", 400],
    ["GET /torino/..", 400],
    ["GET /torino/..\\roma", 400],
    ["GET /torino#a", 400],
    ["GET *", 400],
    ["GET http://elsewhere.example/", 421],
    ["GET http://", 400],
    [`GET /${"a".repeat(5_000)}`, 414],
    ["TRACE /", 405],
    ["PUT /torino", 405],
    ["DELETE /torino", 405],
    ["PATCH /torino", 405],
    ["PROPFIND /torino", 405],
    ["CONNECT elsewhere.example:443", 405],
    ["BREW /", 400],
    ["OPTIONS *", 204],
    ["OPTIONS /torino", 204],
  ])("«%s» is answered with %i, and with every header of security", async (line, status) => {
    const text = await raw(`${line} HTTP/1.1\r\n${host()}`);
    expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(passed).toEqual([]);
    for (const header of [
      /^content-security-policy: default-src 'none'/im,
      /^x-content-type-options: nosniff/im,
      /^referrer-policy: same-origin/im,
      /^x-frame-options: DENY/im,
      /^cross-origin-opener-policy: same-origin/im,
      /^permissions-policy: /im,
    ])
      expect(text).toMatch(header);
    if (status === 405) expect(text).toMatch(/^allow: GET, HEAD, POST, OPTIONS/im);
  });

  it.each([
    ["an address of a proxy's form", (at: string) => `GET http://${at}/torino?a=b HTTP/1.1\r\n`],
    ["percent signs in a question", () => "GET /torino?a=100% HTTP/1.1\r\n"],
  ])("is not %s", async (_, line) => {
    expect(await raw(line(`127.0.0.1:${port}`) + host())).toContain("passed");
    expect(passed[0]?.url).toMatch(/^\/torino\?a=/);
  });

  it.each([
    ["no HTTP at all", "hello\r\n\r\n", 400],
    ["headers that are too long", `GET / HTTP/1.1\r\na: ${"b".repeat(40_000)}\r\n`, 431],
    ["too many headers", `GET / HTTP/1.1\r\n${"a: b\r\n".repeat(200)}`, 431],
    ["no name of the site", "GET / HTTP/1.1\r\n\r\n", 421],
    ["no name of the site in the old way", "GET / HTTP/1.0\r\n\r\n", 421],
    ["a body with a GET", "GET / HTTP/1.1\r\ncontent-length: 3\r\n", 400],
    ["two lengths", "POST / HTTP/1.1\r\ncontent-length: 3\r\ncontent-length: 4\r\n", 400],
    ["a length and chunks", "POST / HTTP/1.1\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n", 400],
    ["an expectation that nobody meets", "OPTIONS / HTTP/1.1\r\nexpect: more\r\n", 204],
    ["a web socket", "GET / HTTP/1.1\r\nupgrade: websocket\r\n", 400],
  ])("as %s is answered and the connection closed", async (_, text, status) => {
    const answered = await raw(
      `${text}${text.endsWith("\r\n\r\n") ? "" : host().replace("close", "upgrade, close")}`,
    );
    expect(answered).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answered).toMatch(/content-security-policy: default-src 'none'/i);
    expect(passed).toEqual([]);
  });
});

describe("the name a request calls the site by", () => {
  const asking = (name: string, more = "") =>
    raw(`GET /torino HTTP/1.1\r\nhost: ${name}\r\n${more}connection: close\r\naccept-language: it\r\n\r\n`);

  it.each([
    "elsewhere.example",
    "127.0.0.1:9999",
    "elsewhere.example:80",
    "[::1]:9",
    "127.0.0.1.elsewhere.example",
  ])("%s is a stranger's", async (name) => {
    const text = await asking(name);
    expect(text).toMatch(/^HTTP\/1.1 421 /);
    expect(text).toContain(`Il sito non risponde a questo nome. Aprilo da ${origin}.`);
    expect(text).not.toContain(name);
    expect(passed).toEqual([]);
  });

  it("is its own, or one the operator gave", async () => {
    expect(await asking(`127.0.0.1:${port}`)).toContain("passed");
    expect(await asking("Balancer.example")).toContain("passed");
  });

  it.each([
    ["https://cocity.example", ["cocity.example", "cocity.example:443", "localhost:3000"], ["localhost"]],
    ["http://cocity.example", ["cocity.example:80"], ["cocity.example:443"]],
    ["https://cocity.example:8443", ["cocity.example:8443"], ["cocity.example", "cocity.example:443"]],
    ["http://localhost:8080", ["localhost:8080", "127.0.0.1:8080", "[::1]:8080"], ["localhost", "[::1]"]],
    ["http://localhost", ["localhost", "127.0.0.1", "[::1]:80"], ["localhost:443"]],
  ])("is for %s one of %j and none of %j", (name, own, strange) => {
    const { others } = hostsOf({ origin: name, port: 3000, allowed: [] });
    for (const host of own) expect(others.has(host), host).toBe(true);
    for (const host of strange) expect(others.has(host), host).toBe(false);
  });

  it("is not forwarded for a stranger, nor believed", async () => {
    const own = `127.0.0.1:${port}`;
    expect(await asking(own, "x-forwarded-host: elsewhere.example\r\n")).toMatch(/^HTTP\/1.1 421 /);
    await asking(own, "x-forwarded-proto: https\r\nx-forwarded-for: 192.0.2.1\r\nforwarded: host=a\r\n");
    expect(passed[0]?.headers).toMatchObject({
      ...{ "x-forwarded-host": own, "x-forwarded-proto": "http", "x-forwarded-for": "127.0.0.1" },
    });
    expect(passed[0]?.headers.forwarded).toBeUndefined();
  });

  it("is any for whoever watches whether it is well", async () => {
    expect(await raw("GET /api/health HTTP/1.1\r\nhost: 10.0.0.1\r\nconnection: close\r\n\r\n")).toContain(
      "passed",
    );
  });

  it("a form has from its own page", async () => {
    for (const [sender, status] of [
      ["https://elsewhere.example", 403],
      ["null", 403],
      [origin, 200],
    ] as const) {
      const body = new URLSearchParams({ theme: "dark" });
      const response = await fetch(`${origin}/api/theme`, {
        method: "POST",
        body,
        headers: { origin: sender },
      });
      expect(response.status, sender).toBe(status);
    }
    for (const [site, status] of [
      ["cross-site", 403],
      ["same-site", 403],
      ["same-origin", 200],
      ["none", 200],
    ] as const) {
      const headers = { "sec-fetch-site": site };
      const body = new URLSearchParams({ theme: "dark" });
      expect((await fetch(`${origin}/api/theme`, { method: "POST", body, headers })).status, site).toBe(
        status,
      );
    }
  });
});

describe("a form", () => {
  const send = async (
    entries: [string, string | File][],
    headers: Record<string, string> = { cookie: "session=1" },
  ) => {
    const body = new FormData();
    for (const [name, value] of entries) body.append(name, value);
    return fetch(`${origin}/torino/beni/x`, { method: "POST", body, headers });
  };

  it("comes through as it was, with its files", async () => {
    const text = 'Due <b>righe</b>,\r\n--form "così" 🌳';
    const file = new File([new Uint8Array([0, 255, 13, 10])], 'piazza "nuova".pdf', {
      type: "application/pdf",
    });
    await send([
      ["0", '["$undefined","$K1"]'],
      ["_1_text", text],
      ["_1_files[2].name", "x"],
      ["_1_file", file],
    ]);
    const [{ headers, body } = { headers: {}, body: "" }] = passed;
    const again = await new Response(body, {
      headers: { "content-type": String(headers["content-type"]) },
    }).formData();
    expect([...again.keys()]).toEqual(["0", "_1_text", "_1_files[2].name", "_1_file"]);
    expect(again.get("_1_text")).toBe(text);
    expect(again.get("_1_file")).toMatchObject({
      name: 'piazza "nuova".pdf',
      type: "application/pdf",
      size: 4,
    });
  });

  it("of a script, with the fields for browsers without one, comes through", async () => {
    await send([
      ...([
        ["_1_$ACTION_REF_1", ""],
        ["_1_$ACTION_1:0", '{"id":"ab12","bound":"$@1"}'],
      ] as [string, string][]),
      ...([
        ["_1_$ACTION_1:1", "[null]"],
        ["_1_$ACTION_KEY", "k123"],
        ["_1_title", "x"],
      ] as [string, string][]),
      ["0", '["$undefined","$K1"]'],
    ]);
    expect(passed).toHaveLength(1);
  });

  it("without a file chosen and without a script comes through too", async () => {
    await send([
      ["$ACTION_REF_1", ""],
      ["$ACTION_1:0", '{"id":"ab12","bound":"$@1"}'],
      ["$ACTION_1:1", '[{"submission":{"initialValue":{"title":"$$5"}}}]'],
      ["$ACTION_KEY", "k123"],
      ["title", "x"],
      ["file", new File([], "")],
    ]);
    expect(passed).toHaveLength(1);
  });

  it.each<[string, [string, string][]]>([
    ["an index beyond all lists", [["_1_x[4294967294]", ""]]],
    ["a long list", [["_1_x[10000000]", ""]]],
    ["many long lists", Array.from({ length: 20 }, (_, index) => [`_1_x${index}[999]`, ""])],
    ["a deep nesting", [[`_1_x${"[1]".repeat(40)}`, ""]]],
    ["deep names", [[`_1_x${".y".repeat(40)}`, ""]]],
    ["a prototype", [["_1___proto__.x", ""]]],
    ["a constructor", [["_1_x.constructor", ""]]],
    ["what conform reserves", [["__state__", "={"]]],
    ["what conform reserves, in an action", [["_1___intent__", "{"]]],
    ["many actions", Array.from({ length: 20 }, (_, index) => [`$ACTION_REF_${index}`, ""])],
    [
      "many long arguments",
      Array.from({ length: 5 }, (_, index) => [String(index), `"${"a".repeat(200_000)}"`]),
    ],
    ["a promise", [["0", '["$@1"]']]],
    ["a promise of itself", [["0", '"$@0"']]],
    ["a module", [["0", '["$F1"]']]],
    ["a blob", [["0", '["$B1"]']]],
    ["a stream", [["0", '["$R1"]']]],
    ["an iterator", [["0", '["$i1"]']]],
    ["a map", [["0", '["$Q1"]']]],
    ["the whole form a hundred times", [["0", `[${Array(100).fill('"$K1"').join()}]`]]],
    ["a thousand references", [["0", `[${Array(1000).fill('"$1:a"').join()}]`]]],
    ["no JSON", [["0", "{"]]],
    ["deep JSON", [["0", `${"[".repeat(10_000)}${"]".repeat(10_000)}`]]],
    ["wide JSON", [["0", `[${Array(30_000).fill("1").join()}]`]]],
    ["a name with a line break", [["a\r\nb", ""]]],
    ["a name that is too long", [["a".repeat(300), ""]]],
    ["an empty name", [["", ""]]],
  ])("with %s is refused, in a sentence and with an id", async (_, entries) => {
    const response = await send(entries);
    expect([400, 413]).toContain(response.status);
    expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(await response.text()).toContain(response.headers.get("x-request-id"));
    expect(passed).toEqual([]);
  });

  it.each<[string, [string, string][]]>([
    ["too many fields", Array.from({ length: 60_000 }, (_, index) => [`_1_x${index}`, ""])],
    ["a field of 2 MB", [["_1_x", "a".repeat(2_000_000)]]],
  ])("with %s is refused as too large", async (_, entries) => {
    expect((await send(entries)).status).toBe(413);
    expect(passed).toEqual([]);
  });

  it.each([
    ["multipart/form-data; boundary=x", '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\nb'],
    ["multipart/form-data", "--x--"],
    ["multipart/form-data; boundary=", "--x--"],
    ["multipart/form-data; boundary=x", ""],
    ["multipart/form-data; boundary=x", "hello"],
    ["application/x-www-form-urlencoded", "__state__=={"],
    ["application/x-www-form-urlencoded", "x[4294967294]="],
    ["application/json", "{}"],
    ["text/html", "<p>"],
    ["", "abc"],
  ])("of type «%s» that is «%s» is refused", async (type, body) => {
    const length = body === "" ? "transfer-encoding: chunked\r\n" : `content-length: ${body.length}\r\n`;
    const end = body === "" ? "0\r\n\r\n" : body;
    const text = await raw(`POST /torino HTTP/1.1\r\ncontent-type: ${type}\r\n${length}${host()}${end}`);
    expect(text).toMatch(/^HTTP\/1.1 (400|413|415) /);
    expect(passed).toEqual([]);
  });

  it("that is empty is refused before it is read", async () => {
    for (const path of ["/api/theme", "/api/auth/signin/identity", "/torino"]) {
      const head = `POST ${path} HTTP/1.1\r\ncontent-type: multipart/form-data; boundary=x\r\ncontent-length: 0\r\n`;
      expect(await raw(head + host()), path).toMatch(/^HTTP\/1.1 400 /);
    }
    expect(passed).toEqual([]);
  });

  it("that is one text is checked like the others", async () => {
    const post = (body: string, type = "text/plain;charset=UTF-8") =>
      fetch(`${origin}/torino`, {
        method: "POST",
        body,
        headers: { "next-action": "ab", "content-type": type },
      });
    expect((await post('["$@1"]')).status).toBe(400);
    expect((await post("{")).status).toBe(400);
    expect((await post("[1]")).status).toBe(200);
  });

  it.each([
    ["/api/uploads/proposals/a", 400],
    ["/api/uploads/torino/digest/a", 400],
    ["/api/uploads/", 400],
    ["/api/uploads/torino", 200],
    ["/api/uploads/torino/digest?lingua=en", 200],
    ["/api/uploads/torino/paper?modulo=report&lingua=it", 200],
    ["/api/uploads/torino/paper/a", 400],
  ])(
    "to %s is answered with %i: only what reads its body itself gets it as it came",
    async (path, status) => {
      const headers = { "next-action": "ab", "content-type": "text/plain;charset=UTF-8" };
      expect((await fetch(origin + path, { method: "POST", body: '["$@1"]', headers })).status).toBe(status);
    },
  );

  it("of many fields with the same lists is not", async () => {
    const entries = Array.from({ length: 400 }, (_, index): [string, string] => [
      `_1_choices[${index}]`,
      "1",
    ]);
    expect((await send(entries)).status).toBe(200);
  });

  it("of a stranger is refused before it comes when it is large", async () => {
    const head = `POST /torino HTTP/1.1\r\ncontent-type: multipart/form-data; boundary=x\r\ncontent-length: 5000000\r\n`;
    const text = await raw(head + host());
    expect(text).toMatch(/^HTTP\/1.1 401 /);
    expect(text).toContain("Accedi in un’altra finestra");
  });

  it("for a program is small", async () => {
    const form = new URLSearchParams({ from: "a".repeat(100_000) });
    expect((await fetch(`${origin}/api/sign-in`, { method: "POST", body: form })).status).toBe(413);
  });

  it("is said in the language of its page, and as its sender wants it", async () => {
    const post = (path: string, accept: string) =>
      fetch(origin + path, { method: "POST", body: "x", headers: { accept, "content-type": "text/html" } });
    expect(await (await post("/en/torino", "text/html")).text()).toContain("arrived damaged");
    const json = await (await post("/torino", "application/json")).json();
    expect(json).toMatchObject({ code: "form_not_readable", sentence: expect.stringContaining("rovinato") });
  });
});

describe("whoever", () => {
  it("keeps a thousand connections open gets no more", async () => {
    const sockets = Array.from({ length: 1_001 }, () => connect(port, "127.0.0.1"));
    const closed = await Promise.race(
      sockets.map((socket, position) => {
        socket.on("error", () => undefined);
        return new Promise<number>((resolve) => socket.once("close", () => resolve(position)));
      }),
    );
    expect(closed).toBeGreaterThanOrEqual(0);
    for (const socket of sockets) socket.destroy();
    await vi.waitFor(async () => expect((await fetch(`${origin}/torino`)).status).toBe(200), 10_000);
  });

  it("does not send what they announced is cut off", async () => {
    const upload = "POST /api/uploads/torino HTTP/1.1\r\ncontent-length: 1000\r\n";
    expect(await raw(`${upload}${host()}a`, false)).not.toContain("passed");
  });

  it("takes a long time to answer is waited for", async () => {
    answer = async (_, response) => {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      response.end("passed");
    };
    const body = new URLSearchParams({ from: "/" });
    expect(await (await fetch(`${origin}/api/sign-in`, { method: "POST", body })).text()).toBe("passed");
  });
});

describe("many at once", () => {
  it("of one address are told to wait", async () => {
    let waiting = 0;
    const released = Promise.withResolvers<void>();
    answer = async (_, response) => {
      waiting += 1;
      await released.promise;
      response.end();
    };
    const asked = Array.from({ length: 300 }, () => fetch(`${origin}/torino`));
    await vi.waitFor(() => expect(waiting).toBe(256), 60_000);
    const late = await fetch(`${origin}/torino`);
    expect(late.status).toBe(429);
    expect(late.headers.get("retry-after")).toBe("5");
    released.resolve();
    await Promise.all(asked);
    expect((await fetch(`${origin}/torino`)).status).toBe(200);
  });
});

describe("a failure", () => {
  it("of what answers is told with an id, and no more", async () => {
    answer = async () => {
      throw new Error("secret");
    };
    const response = await fetch(`${origin}/torino`);
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).toContain(response.headers.get("x-request-id"));
    expect(text).not.toContain("secret");
  });

  it("in the middle of an answer breaks it off", async () => {
    answer = async (_, response) => {
      response.writeHead(200, { "content-length": 100 });
      response.write("half");
      throw new Error("secret");
    };
    await expect(fetch(`${origin}/torino`).then((response) => response.text())).rejects.toThrow();
  });
});

describe("the id of a request", () => {
  it("is the site's own, the same in the answer as for what answers", async () => {
    const headers = { "x-request-id": "chosen", "x-nonce": "chosen", "x-cocity-path": "/chosen" };
    const response = await fetch(`${origin}/api/uploads/torino`, { headers });
    const id = response.headers.get("x-request-id");
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(passed[0]?.headers["x-request-id"]).toBe(id);
    expect(JSON.stringify(passed[0]?.headers)).not.toContain("chosen");
  });
});

describe("headers of security", () => {
  it("are left as an answer sets them", async () => {
    answer = async (_, response) => {
      response.writeHead(200, { "content-security-policy": "sandbox" });
      response.end();
    };
    const { headers } = await fetch(`${origin}/torino`);
    expect(headers.get("content-security-policy")).toBe("sandbox");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("strict-transport-security")).toBeNull();
  });

  it("ask for https wherever the site has it, also when it refuses", async () => {
    await close();
    await open("https://cocity.example");
    for (const path of ["/", "//", "/%", "/api/health"]) {
      const text = await raw(`GET ${path} HTTP/1.1\r\nhost: cocity.example\r\nconnection: close\r\n\r\n`);
      expect(text, path).toMatch(/^strict-transport-security: max-age=63072000; includeSubDomains/im);
    }
    expect(await raw("hello\r\n\r\n")).toMatch(/^strict-transport-security/im);
  });
});
