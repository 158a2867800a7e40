import { spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { Pool } from "pg";
import { afterAll, beforeEach, expect, it } from "vitest";
import { DeliveryQueue } from "@/features/notifications/delivery-queue";
import { tellPeople } from "@/features/notifications/event-service";
import { ownAddress } from "@/features/notifications/mail-service";
import { Mailer } from "@/features/notifications/mailer";
import { tellEvents } from "@/features/notifications/telling";
import { encrypt } from "@/lib/encryption";
import { freshDatabase } from "./database";
import { startMailServer } from "./mail-server";

const mails = await startMailServer();
Object.assign(process.env, {
  KEY_ENCRYPTION_KEY: randomBytes(32).toString("hex"),
  FISCAL_NUMBER_KEY: randomBytes(32).toString("hex"),
  ORIGIN: "https://cocity.example",
});
const { db, url } = await freshDatabase();
const municipality = "001272";
const pool = new Pool({ connectionString: url, max: 2 });
const queue = new DeliveryQueue({ pool });
await queue.start();
const server = { url: mails.url, from: "Co-City <cocity@example.org>", bounces: "bounces@example.org" };
const mailer = new Mailer("smtp", server);
afterAll(async () => {
  mailer.close();
  await queue.stop();
  await pool.end();
  await mails.close();
});

beforeEach(async () => {
  mails.received.length = 0;
  await db.$executeRaw`TRUNCATE public."Event", public."Mail", public."MailAddress", public."Person",
    public."Municipality" CASCADE`;
  await db.municipality.create({
    data: { istatCode: municipality, slug: "torino", name: "Torino", lat: 45, lon: 7, active: true },
  });
  await db.person.create({ data: { id: "giulia", displayName: "Giulia" } });
  await address("giulia@example.org");
});

it("a mail that comes back because its address is not there is the last one, and its person reads why", async () => {
  const id = await sent();
  expect(mails.received[0]).toMatchObject({ from: "bounces@example.org", to: ["giulia@example.org"] });
  expect(await piped(report({ id, to: "Giulia@example.org" }))).toEqual({
    outcome: "refused",
    status: "5.1.1",
  });
  expect(await ownAddress({ id: "giulia" })).toMatchObject({ isRefused: true });
  await happened();
  await tellEvents({ pool, queue, mode: "smtp" });
  expect(await db.mail.count()).toBe(1);
});

it("nothing changes by a full mailbox, by a report about another address, or by a mail nobody has sent", async () => {
  const id = await sent();
  const kept = (status: string) => ({ outcome: "kept", status });
  expect(await piped(report({ id, to: "giulia@example.org", status: "5.2.2" }))).toEqual(kept("5.2.2"));
  expect(await piped(report({ id, to: "carlo@example.org" }))).toEqual(kept("5.1.1"));
  const unknown = report({ id: randomUUID(), to: "giulia@example.org" });
  expect(await piped(unknown)).toEqual({ outcome: "unknown" });
  await address("new@example.org");
  expect(await piped(report({ id, to: "giulia@example.org" }))).toEqual(kept("5.1.1"));
  expect(await ownAddress({ id: "giulia" })).toMatchObject({ isRefused: false });
});

async function address(text: string): Promise<void> {
  const sealed = encrypt(text, "MailAddress.sealed giulia");
  const confirmedAt = new Date();
  await db.mailAddress.upsert({
    where: { person: "giulia" },
    create: { person: "giulia", sealed, confirmedAt },
    update: { sealed, confirmedAt },
  });
}

async function happened(): Promise<void> {
  const event = { id: randomUUID(), municipality, kind: "duty", name: "proposals:integrate" } as const;
  const about = { type: "mine", id: "" } as const;
  await db.$transaction((tx) => tellPeople(tx, { ...event, subjects: [], about }, ["giulia"]));
}

/** @returns the id that the server was given */
async function sent(): Promise<string> {
  await happened();
  await tellEvents({ pool, queue, mode: "smtp" });
  for (const { id } of await db.mail.findMany()) await mailer.send(id);
  return /^<(.+)@/.exec(mails.received[0]?.headers.get("message-id") ?? "")?.[1] ?? expect.fail();
}

function report({ id, to, status = "5.1.1" }: { id: string; to: string; status?: string }): string {
  return [
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n',
    "--b\r\nContent-Type: text/plain\r\n\r\nSorry.",
    "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n",
    `Final-Recipient: rfc822; ${to}\r\nAction: failed\r\nStatus: ${status}\r\n`,
    `--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <${id}@127.0.0.1>\r\nSubject: x\r\n\r\nx`,
    "--b--\r\n",
  ].join("\r\n");
}

/** As a mail server's alias pipes it to `npm run bounce`. */
async function piped(message: string): Promise<unknown> {
  const child = spawn(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", "scripts/bounce.ts"],
    { env: { ...process.env, DATABASE_URL: url, LOG_LEVEL: "silent" }, stdio: ["pipe", "pipe", "inherit"] },
  );
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString("utf8");
  });
  child.stdin.end(message);
  expect(await new Promise((resolve) => child.once("close", resolve))).toBe(0);
  return JSON.parse(said);
}
