/** A database of when the server held everybody's certificate, brought to this version. */
import { randomUUID } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { databaseBefore } from "./database";

const torino = "001272";
const aglie = "001001";
const { database, migrateOn } = await databaseBefore("_service_certificates");

const ids = {
  ...{ resident: randomUUID(), officer: randomUUID(), after: randomUUID(), sending: randomUUID() },
  ...{ done: randomUUID(), follower: randomUUID(), founded: randomUUID() },
};

beforeAll(async () => {
  const certificate = randomUUID();
  for (const [id, person] of [
    [certificate, "resident-1"],
    [randomUUID(), "service-carrier-comune"],
  ])
    await database.query(
      `INSERT INTO "LedgerIdentity" (id, municipality, person, organisation, role, "enrolmentId", "certificatePem",
         "privateKeyEncrypted", "validUntil") VALUES ($1, $2, $3, 'Comune', 'service', $4, '', '\\x01', now())`,
      [id, torino, person, id],
    );
  await database.query(
    `INSERT INTO "OutboxSubmission" (id, command, transaction, "identityId", status, "transactionId", "updatedAt")
     VALUES ($1, $2, 'subjects:register', $3, 'transaction_signed', 'f', now())`,
    [randomUUID(), randomUUID(), certificate],
  );
  await database.query(
    `INSERT INTO chain.municipality (municipality, id, name, "casaBody", record, "transactionId", block)
     VALUES ($1, $2, 'Agliè', 'Biblioteca', '{"founding": "f"}', 'f', 1)`,
    [aglie, aglie],
  );
  await item(ids.resident, "resident", "queued");
  await item(ids.officer, "responsible_officer", "queued");
  await item(ids.after, "service", "queued", ids.officer);
  await item(ids.done, "treasurer", "committed");
  await item(ids.follower, "service", "queued", ids.done);
  await item(ids.sending, "responsible_officer", "sending");
  await item(ids.founded, "resident", "queued", undefined, aglie);
  await migrateOn();
});

it("what was queued says how it is submitted, and waits for a signature or for the register", async () => {
  const { rows } = await database.query(`SELECT id, by, status, follows FROM "OutboxItem" ORDER BY sequence`);
  expect(rows).toEqual([
    { id: ids.resident, by: "resident", status: "following", follows: null },
    { id: ids.officer, by: "act", status: "to_sign", follows: null },
    { id: ids.after, by: "service", status: "following", follows: ids.officer },
    { id: ids.done, by: "act", status: "committed", follows: null },
    { id: ids.follower, by: "service", status: "following", follows: null },
    { id: ids.sending, by: "act", status: "sending", follows: null },
    { id: ids.founded, by: "resident", status: "queued", follows: null },
  ]);
});

it("certificates of people are gone with their keys, those of services are there, and so are the signed bytes", async () => {
  const { rows } = await database.query(`SELECT person FROM "ServiceCertificate"`);
  expect(rows).toEqual([{ person: "service-carrier-comune" }]);
  expect((await database.query(`SELECT status FROM "OutboxSubmission"`)).rows).toEqual([
    { status: "transaction_signed" },
  ]);
});

it("an item that does not say how it is submitted is refused", async () => {
  await expect(item(randomUUID(), "resident", "queued")).rejects.toThrow('"by"');
});

async function item(id: string, role: string, status: string, follows?: string, municipality = torino) {
  await database.query(
    `INSERT INTO "OutboxItem" (id, municipality, transaction, input, person, organisation, role, status, follows,
       "subjectType", "subjectId") VALUES ($1, $2, 'any', '{}', 'p', 'Comune', $3, $4, $5, 'subject', 's')`,
    [id, municipality, role, status, follows ?? null],
  );
}
