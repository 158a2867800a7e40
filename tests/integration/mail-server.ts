/** A real SMTP server, and what it was given, read as a mail program reads it. */
import { SMTPServer } from "smtp-server";

export type Received = {
  from: string;
  to: string[];
  /** By their names in small letters, unfolded. */
  headers: ReadonlyMap<string, string>;
  text: string;
  html: string;
};

export type TestMailServer = {
  url: string;
  received: Received[];
  /** What it answers to an address, where it does not take it. */
  refuse: Map<string, number>;
  close(): Promise<void>;
};

export async function startMailServer(): Promise<TestMailServer> {
  const received: Received[] = [];
  const refuse = new Map<string, number>();
  const server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ["STARTTLS", "AUTH"], logger: false },
    onRcptTo({ address }, _, done) {
      const responseCode = refuse.get(address);
      done(responseCode === undefined ? null : Object.assign(new Error("not taken"), { responseCode }));
    },
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const from = envelope.mailFrom ? envelope.mailFrom.address : "";
        const to = envelope.rcptTo.map(({ address }) => address);
        received.push({ from, to, ...readMessage(Buffer.concat(chunks).toString("latin1")) });
        done();
      });
    },
  });
  // A client that is killed leaves its connection without a word.
  server.on("error", () => undefined);
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.server.address() as { port: number }).port));
  });
  return {
    ...{ url: `smtp://127.0.0.1:${port}`, received, refuse },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** One part of a mail, or the whole of it: headers and body. */
function split(raw: string): { headers: Map<string, string>; body: string } {
  const end = raw.indexOf("\r\n\r\n");
  const lines = raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, " ")
    .split("\r\n");
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), words(line.slice(colon + 1).trim())] as const;
    }),
  );
  return { headers, body: raw.slice(end + 4) };
}

function readMessage(raw: string): Pick<Received, "headers" | "text" | "html"> {
  const { headers, body } = split(raw);
  const boundary = /boundary="([^"]+)"/.exec(headers.get("content-type") ?? "")?.[1] ?? "";
  const parts = body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => split(part.replace(/^\r\n/, "")));
  const of = (type: string) => {
    const part = parts.find((one) => one.headers.get("content-type")?.startsWith(type));
    return part ? decoded(part.body, part.headers.get("content-transfer-encoding") ?? "") : "";
  };
  return { headers, text: of("text/plain"), html: of("text/html") };
}

function decoded(body: string, encoding: string): string {
  if (encoding === "base64") return Buffer.from(body, "base64").toString("utf8");
  if (encoding !== "quoted-printable") return Buffer.from(body, "latin1").toString("utf8");
  const bytes = body
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

/** RFC 2047. */
function words(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, how: string, coded: string) =>
      how.toLowerCase() === "b"
        ? Buffer.from(coded, "base64").toString("utf8")
        : decoded(coded.replaceAll("_", " "), "quoted-printable"),
    );
}
