import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SMTPServer } from "smtp-server";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openStore, type Store } from "../sealed/store";
import { NoticeMail } from "./mail";
import { Notices, noticeText } from "./notices";
import { issuerSchema } from "./schema";

let folder: string;
let store: Store;
let server: SMTPServer;
let mail: NoticeMail;
let notices: Notices;
let received: { to: string[]; from: string; text: string }[];
let refuses: boolean;
let clock: number;

const at = Date.parse("2026-06-01T10:00:00Z");

beforeEach(async () => {
  [received, refuses, clock] = [[], false, at];
  folder = await mkdtemp(join(tmpdir(), "cocity-mail-"));
  store = openStore(folder, issuerSchema);
  notices = new Notices(store);
  server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ["STARTTLS", "AUTH"], logger: false },
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        if (refuses) return done(Object.assign(new Error("mailbox full"), { responseCode: 452 }));
        const from = envelope.mailFrom ? envelope.mailFrom.address : "";
        const to = envelope.rcptTo.map(({ address }) => address);
        received.push({ to, from, text: Buffer.concat(chunks).toString("utf8") });
        done();
      });
    },
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.server.address() as { port: number }).port));
  });
  mail = new NoticeMail(
    notices,
    { url: `smtp://127.0.0.1:${port}`, from: "Garanti <garanti@example.org>" },
    () => clock,
  );
});

afterEach(async () => {
  mail.close();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  store.close();
  await rm(folder, { recursive: true });
});

function write(address: string): void {
  const notice = {
    language: "it",
    objection: "https://example.org/objections/abc",
    notBefore: null,
  } as const;
  const { subject, text } = noticeText(3, notice);
  notices.add(address, subject, text, at);
}

test("a notice is sent once, whole, to its person alone, and is kept no longer", async () => {
  write("giulia@example.org");
  await mail.work();
  await mail.work();
  const [message, ...others] = received;
  expect(others).toEqual([]);
  expect(message).toMatchObject({ to: ["giulia@example.org"], from: "garanti@example.org" });
  const decoded = (message?.text ?? "").replace(/=\r\n/g, "");
  expect(decoded).toContain("https://example.org/objections/abc");
  expect(decoded).toContain("Auto-Submitted: auto-generated");
  expect(decoded).toContain(`Message-ID: <notice-${at}-1@127.0.0.1>`);
  expect(notices.of("giulia@example.org")).toEqual([]);
});

test("what the server does not take waits and is sent later", async () => {
  write("giulia@example.org");
  refuses = true;
  await mail.work();
  refuses = false;
  clock += 4_999;
  await mail.work();
  expect(received).toEqual([]);
  clock += 1;
  await mail.work();
  expect(received).toHaveLength(1);
  expect(notices.of("giulia@example.org")).toEqual([]);
});

test("what is never taken is given up after four days", async () => {
  write("giulia@example.org");
  for (let minute = 0; minute < 4 * 24 * 60; minute += 1) {
    clock += 60_000;
    for (const { id } of notices.waiting(10, clock)) notices.failed(id);
  }
  expect(notices.waiting(10, clock + 1e12)).toEqual([]);
});

test("an address with a line break reaches nobody else and no header", async () => {
  write("giulia@example.org\r\nBcc: other@example.org");
  write("carlo@example.org, other@example.org");
  await mail.work();
  expect(received.flatMap(({ to }) => to)).not.toContain("other@example.org");
  expect(received.every(({ text }) => !/^Bcc:/m.test(text))).toBe(true);
});
