/** An administrator tries mail and sign-in: against a real mail server, real providers and a federation on this machine. */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Pool } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DeliveryQueue } from "@/features/notifications/delivery-queue";
import { Mailer } from "@/features/notifications/mailer";
import { LocalFederation } from "@/lib/federation/test/local-federation";
import { writeSettings } from "@/lib/federation/test/local-site";
import type { Viewer } from "@/lib/permissions";
import { startMailServer } from "../mail-server";
import { takeOffice } from "../register-rows";
import { formOf, request, serverActions } from "./request";
import { settle, torino } from "./town";

const mails = await startMailServer();
const members = await new LocalFederation().start();
process.env.MAIL_FROM = "Co-City <cocity@example.org>";
process.env.ORIGIN = members.origin;
process.env.OIDC_FEDERATION = writeSettings(members);
const { db, url } = await serverActions();
const { testMail, tryingSignIn } = await import("@/features/first-hour/actions");
const { checkProvider } = await import("@/features/first-hour/sign-in-service");
const { lastSignInCheck } = await import("@/features/first-hour/sign-in-queries");
const { lastTestMail } = await import("@/features/notifications/test-mail-queries");
const { encrypt } = await import("@/lib/encryption");
const { federation } = await import("@/lib/federation/settings");

const pool = new Pool({ connectionString: url, max: 2 });
const queue = new DeliveryQueue({ pool });
const own = mailerOf(mails.url);
const valeria: Viewer = { id: "valeria", name: "", language: "it", roles: [] };
let provider: Server;
let issuer = "";
let answer: (request: IncomingMessage, response: ServerResponse) => void;

beforeAll(async () => {
  await settle(db);
  await db.person.create({ data: { id: "valeria", displayName: "Valeria" } });
  const office = { municipality: torino, organisation: "Comune", role: "administrator" } as const;
  await takeOffice(db, { ...office, person: "valeria" });
  await queue.start();
  provider = createServer((asked, response) => answer(asked, response));
  await new Promise<void>((done) => provider.listen(0, "127.0.0.1", done));
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
});

afterAll(async () => {
  own.close();
  await queue.stop();
  await pool.end();
  await mails.close();
  provider.closeAllConnections();
  provider.close();
});

beforeEach(async () => {
  mails.received.length = 0;
  mails.refuse.clear();
  await db.mail.deleteMany();
  await db.rateCount.deleteMany();
  await db.mailAddress.deleteMany();
  await db.mailAddress.create({
    data: {
      ...{ person: "valeria", confirmedAt: new Date() },
      sealed: encrypt("valeria@example.org", "MailAddress.sealed valeria"),
    },
  });
  Object.assign(request, { person: "valeria", path: "/torino/ufficio/avvio" });
});

function mailerOf(server: string): Mailer {
  return new Mailer("smtp", { url: server, from: "Co-City <cocity@example.org>" });
}

const send = (command: string = randomUUID()) => testMail(undefined, formOf({ command }));
const last = async () => (await lastTestMail(torino, valeria)).last;

/** As the worker does: a job for what the site has queued, then the job. */
async function work(mailer = own): Promise<void> {
  await queue.addAsked();
  const { rows } = await pool.query<{ id: string }>("SELECT id FROM pgboss.job WHERE name = 'mail'");
  const queued = await db.mail.findMany({ where: { state: "queued", id: { in: rows.map(({ id }) => id) } } });
  for (const { id } of queued) await mailer.send(id);
}

describe("a test of the mail", () => {
  it("goes to one's own address once, and says what the server answered", async () => {
    const command = randomUUID();
    expect(await send(command)).toMatchObject({ done: expect.stringContaining("in coda") });
    await send(command);
    expect(await last()).toMatchObject({ state: "queued" });
    await work();
    expect(mails.received).toMatchObject([{ to: ["valeria@example.org"] }]);
    expect(mails.received[0]?.headers.get("subject")).toBe("Messaggio di prova di Co-City");
    expect(await last()).toMatchObject({
      ...{ state: "sent", settledAt: expect.any(Date) },
      answer: { code: "taken", text: expect.stringContaining("250") },
    });
  });

  it("says in the server's words that it was refused, and is tried again only where it asks to wait", async () => {
    mails.refuse.set("valeria@example.org", 451);
    await send();
    await work();
    expect(await last()).toMatchObject({ state: "queued", answer: { code: "later" } });
    mails.refuse.set("valeria@example.org", 550);
    await work();
    expect(await last()).toMatchObject({
      ...{ state: "refused", answer: { code: "refused", text: expect.stringContaining("550") } },
    });
    expect((await lastTestMail(torino, valeria)).address).toBe("refused");
    expect(await send()).toMatchObject({ code: "no_confirmed_address" });
  });

  it("says that no server is there, without its address, user or password", async () => {
    await send();
    const nowhere = mailerOf("smtp://user:hunter22@127.0.0.1:9");
    await work(nowhere);
    nowhere.close();
    expect(await last()).toMatchObject({ state: "refused", answer: { code: "unreachable" } });
    expect(JSON.stringify(await db.mail.findMany())).not.toMatch(/hunter22|127\.0\.0\.1/);
    // Nobody's address is to blame.
    expect((await lastTestMail(torino, valeria)).address).toBe("confirmed");
  });

  it("needs a confirmed address, and is not asked for all the time", async () => {
    await db.mailAddress.updateMany({ data: { confirmedAt: null } });
    expect(await send()).toMatchObject({ code: "no_confirmed_address" });
    await db.mailAddress.updateMany({ data: { confirmedAt: new Date() } });
    for (let sent = 1; sent < 10; sent += 1) await send();
    expect(await send()).toMatchObject({ code: "too_many_requests" });
    expect(await db.mail.count()).toBe(9);
  });
});

const json = (response: ServerResponse, value: unknown, headers: Record<string, string> = {}) =>
  response.writeHead(200, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));

const described = () => ({
  ...{ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token` },
  ...{ userinfo_endpoint: `${issuer}/me`, jwks_uri: `${issuer}/jwks` },
  ...{ response_types_supported: ["code"], code_challenge_methods_supported: ["S256"] },
  ...{ id_token_signing_alg_values_supported: ["RS256"] },
});

describe("a test of a provider", () => {
  const check = async () => {
    const asked = { issuer, scopes: ["openid"], acrValues: ["https://www.spid.gov.it/SpidL2"] };
    const found = await checkProvider(asked, new Date());
    return Object.fromEntries(found.map(({ about, state, what }) => [about, `${state} ${what}`.trim()]));
  };

  it("finds it right", async () => {
    answer = ({ url: path }, response) =>
      json(response, path === "/jwks" ? { keys: [{ kty: "RSA", use: "sig" }] } : described());
    const found = await check();
    expect(found).toMatchObject({
      document: expect.stringMatching(/^right/),
      keys: "right 1",
      levels: expect.stringMatching(/^unsaid/),
    });
    expect(Object.values(found).filter((state) => state.startsWith("wrong"))).toEqual([]);
  });

  it.each<[string, object, (response: ServerResponse, path: string) => void]>([
    [
      "another issuer",
      { issuer: "wrong https://other.example" },
      (response, path) =>
        json(response, path === "/jwks" ? { keys: [] } : { ...described(), issuer: "https://other.example" }),
    ],
    [
      "no keys",
      { keys: "wrong 0" },
      (response, path) => json(response, path === "/jwks" ? { keys: [] } : described()),
    ],
    [
      "a clock an hour off",
      { clock: /^wrong 3[56]\d\d$/ },
      (response, path) =>
        json(response, path === "/jwks" ? { keys: [] } : described(), {
          date: new Date(Date.now() + 3600_000).toUTCString(),
        }),
    ],
    [
      "a redirection",
      { document: "wrong redirect" },
      (response) => void response.writeHead(302, { location: "http://127.0.0.1:9/" }).end(),
    ],
    ["a failure", { document: "wrong HTTP 503" }, (response) => void response.writeHead(503).end()],
    ["a page", { document: "wrong not JSON" }, (response) => void response.end("<html>")],
    [
      "an answer without end",
      { document: "wrong too long" },
      (response) => void response.end("x".repeat(300_000)),
    ],
    [
      "keys in a private network",
      { keys: "wrong private network" },
      (response) => json(response, { ...described(), jwks_uri: "https://10.0.0.1/jwks" }),
    ],
  ])("finds %s", async (_, expected, answers) => {
    answer = ({ url: path = "" }, response) => answers(response, path);
    const found = await check();
    for (const [about, value] of Object.entries(expected)) expect(found[about]).toMatch(value as string);
  });

  it("finds nobody there", async () => {
    answer = (asked) => void asked.socket.destroy();
    expect((await check()).document).toMatch(/^wrong /);
  });
});

describe("a test of the federations", () => {
  const tried = async () => {
    expect(await tryingSignIn(undefined, formOf({ what: "sign-in" }))).toMatchObject({
      done: expect.any(String),
    });
    const check = (await lastSignInCheck(torino)) ?? expect.fail();
    return Object.fromEntries(check.findings.map(({ about, state, what }) => [about, `${state} ${what}`]));
  };

  it("says whether the Comune is a member, whether its statement is read, and whom one can choose", async () => {
    const whole = federation() ?? expect.fail();
    const [member] = whole.settings.members;
    if (member?.municipality !== torino) Object.assign(member ?? {}, { municipality: torino });
    members.site = whole;
    expect(await tried()).toMatchObject({
      member: expect.stringMatching(/^right/),
      ownStatement: expect.stringMatching(/^right/),
      provider: expect.stringMatching(/^right/),
    });
    expect(await lastSignInCheck(torino)).toMatchObject({ by: "Valeria", at: expect.any(Date) });
    members.site = undefined;
    expect((await tried()).ownStatement).toMatch(/^wrong .*unreachable/);
  });
});
