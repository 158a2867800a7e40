import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { InvalidInputError } from "@/lib/errors";
import { digestOf, drain, streamFile } from "./multipart";

const boundary = "X-BOUNDARY";

function body(parts: readonly { name: string; fileName?: string; content: string }[]): string {
  const written = parts.map(({ name, fileName, content }) => {
    const file = fileName === undefined ? "" : `; filename="${fileName}"\r\ncontent-type: application/pdf`;
    return `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${file}\r\n\r\n${content}\r\n`;
  });
  return `${written.join("")}--${boundary}--\r\n`;
}

/** A request whose body comes in pieces; `fails` breaks it off after them. */
function post(
  pieces: readonly string[],
  { length, fails = false }: { length?: number; fails?: boolean } = {},
) {
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
      if (fails) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        controller.error(new Error("connection lost"));
      } else controller.close();
    },
  });
  const headers = {
    "content-type": `multipart/form-data; boundary=${boundary}`,
    ...(length !== undefined && { "content-length": String(length) }),
  };
  return new Request("http://127.0.0.1/", {
    method: "POST",
    headers,
    body: stream,
    duplex: "half",
  } as RequestInit);
}

async function text(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe("streamFile", () => {
  it("hands over the file, its name and the size announced before it", async () => {
    const sent = body([
      { name: "size", content: "5" },
      { name: "file", fileName: "one.pdf", content: "hello" },
    ]);
    const { result, whole } = await streamFile(post([sent], { length: sent.length }), async (file) => ({
      ...{ name: file.name, announced: file.announced },
      content: await text(file.stream),
    }));
    expect(result).toEqual({ name: "one.pdf", announced: 5, content: "hello" });
    expect(whole).toBe(true);
  });

  it.each([
    ["D'Aosta & «orti» (copia) [1] #2 100%.pdf", "D'Aosta & «orti» (copia) [1] #2 100%.pdf"],
    ["Agliè – più verde.pdf", "Agliè – più verde.pdf"],
    ["👩‍👩‍👧 orto.pdf", "👩‍👩‍👧 orto.pdf"],
    ["عربي مستند.pdf", "عربي مستند.pdf"],
    ["detto %22il prato%22.pdf", 'detto "il prato".pdf'],
    ["50%41.pdf", "50%41.pdf"],
  ])("hands over the name that a browser sends as %s", async (sent, name) => {
    const form = body([{ name: "file", fileName: sent, content: "hello" }]);
    const { result } = await streamFile(post([form]), async (file) => {
      file.stream.resume();
      return file.name;
    });
    expect(result).toBe(name);
  });

  it("says when fewer bytes came than were announced", async () => {
    const sent = body([{ name: "file", fileName: "one.pdf", content: "hello" }]);
    const { whole } = await streamFile(post([sent], { length: sent.length + 9 }), ({ stream }) =>
      text(stream),
    );
    expect(whole).toBe(false);
  });

  it("does not wait for the rest of a request that broke off", async () => {
    const sent = body([{ name: "file", fileName: "one.pdf", content: "hello ".repeat(1000) }]);
    const cut = post([sent.slice(0, 3000)], { length: sent.length, fails: true });
    await expect(streamFile(cut, ({ stream }) => text(stream))).rejects.toThrow("broke off");
  });

  it("refuses a request without a file, and one that is no form", async () => {
    const none = post([body([{ name: "size", content: "5" }])]);
    await expect(streamFile(none, ({ stream }) => text(stream))).rejects.toThrow(InvalidInputError);
    const unchosen = post([body([{ name: "file", fileName: "", content: "" }])]);
    await expect(streamFile(unchosen, ({ stream }) => text(stream))).rejects.toThrow(InvalidInputError);
    const other = new Request("http://127.0.0.1/", { method: "POST", body: "hello" });
    await expect(streamFile(other, ({ stream }) => text(stream))).rejects.toThrow(InvalidInputError);
  });
});

it("takes one file of a request, the first", async () => {
  const used: string[] = [];
  const two = body([
    { name: "file", fileName: "one.pdf", content: "hello" },
    { name: "file", fileName: "two.pdf", content: "world" },
  ]);
  const { result } = await streamFile(post([two]), async ({ name, stream }) => {
    used.push(name);
    return text(stream);
  });
  expect(result).toBe("hello");
  expect(used).toEqual(["one.pdf"]);
});

describe("drain", () => {
  /** A request that counts what is read of it. */
  function counted(pieces: number) {
    const seen = { pieces: 0, cancelled: false };
    const stream = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          seen.pieces += 1;
          if (seen.pieces > pieces) controller.close();
          else controller.enqueue(new Uint8Array(10));
        },
        cancel() {
          seen.cancelled = true;
        },
      },
      { highWaterMark: 0 },
    );
    const init = { method: "POST", body: stream, duplex: "half" } as RequestInit;
    return { request: new Request("http://127.0.0.1/", init), seen };
  }

  it("reads a body to its end", async () => {
    const { request, seen } = counted(5);
    await drain(request, 1_000);
    expect(seen).toEqual({ pieces: 6, cancelled: false });
  });

  it("gives up on one without end, and says so to the sender", async () => {
    const { request, seen } = counted(Number.POSITIVE_INFINITY);
    await drain(request, 100);
    expect(seen).toEqual({ pieces: 11, cancelled: true });
  });

  it("leaves alone what there is not, what is being read and what was read", async () => {
    await drain(new Request("http://127.0.0.1/"), 1);
    const { request } = counted(1);
    await request.arrayBuffer();
    await expect(drain(request, 1)).resolves.toBeUndefined();
    const locked = counted(1);
    locked.request.body?.getReader();
    await expect(drain(locked.request, 1)).resolves.toBeUndefined();
  });
});

describe("digestOf", () => {
  it("hashes what it reads", async () => {
    const expected = createHash("sha256").update("hello").digest("hex");
    expect(await digestOf(Readable.from([Buffer.from("hel"), Buffer.from("lo")]), 5)).toBe(expected);
  });

  it("gives no digest of more than it may read", async () => {
    expect(await digestOf(Readable.from([Buffer.from("hel"), Buffer.from("lo!")]), 5)).toBeUndefined();
  });
});
