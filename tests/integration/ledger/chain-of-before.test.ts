/** A chain that began when people had certificates of their own: it stays readable, and goes on with a register. */
import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { registration } from "@/chaincode/testing/founding-inputs";
import { people } from "@/chaincode/testing/people";
import { channel, register, signedWith } from "@/chaincode/testing/register";
import { settingsOf } from "@/features/settings/queries";
import { refusalOf } from "@/ledger/client/gateway/refusal";
import { municipalService, signerOf } from "@/ledger/client/identities/services";
import { submitAndWait } from "@/ledger/client/outbox/wait";
import { proveTransaction } from "@/ledger/client/proof";
import { foundingText } from "@/protocol/acts/recovery-texts";
import { mspIds, organisations } from "@/protocol/primitives";
import { newPerson, openSession, organisationOf, type Person } from "@/tests/fabric/people";
import { startEmbedded } from "../../conformance/embedded";
import { FoundedCity, origin } from "./founded";
import { chaincodeDir, startWorldOn, torino } from "./world";

const data = mkdtempSync(join(tmpdir(), "cocity-chain-of-before-"));
const ofBefore = fileURLToPath(new URL("chaincode-of-before", import.meta.url));
const plain = { command: randomUUID(), municipality: torino, ...registration({ votingDays: 9 }) };

let administrator: Person;
let first = "";
const world = await startWorldOn(async () => {
  const before = await startEmbedded({ data, chaincodeDir: ofBefore });
  administrator = await newPerson(organisationOf(before.connection, "comune"), "administrator");
  const session = openSession(before.connection, administrator);
  const answer = await session.contract.submitTransaction("municipality:register", JSON.stringify(plain));
  first = (JSON.parse(Buffer.from(answer).toString("utf8")) as { txId: string }).txId;
  session.close();
  await before.stop();
  return startEmbedded({ data, chaincodeDir });
});
const { db, access } = world;
await world.startWorker();
afterAll(() => rm(data, { recursive: true, force: true }));

const proof = () =>
  proveTransaction({ gateway: access.gateway, db }, { municipality: torino, transactionId: first });
const settings = () => settingsOf({ istatCode: torino, slug: "torino" });

it("is read into the tables, and its first transaction is proved by the certificate that signed it", async () => {
  await expect.poll(settings, { timeout: 20_000 }).toMatchObject({
    ...{ settings: { votingDays: 9 }, since: "2026-01-01" },
  });
  expect(await proof()).toMatchObject({
    ...{ faulty: false, signedWith: "certificate", checks: { signer: true, act: null } },
  });
});

it("takes nothing more of whoever had a certificate", async () => {
  const { connection } = world.ledger;
  const organisation = organisationOf(connection, "comune");
  const session = openSession(connection, { ...administrator, organisation });
  const input = { command: randomUUID(), municipality: torino, day: "2026-01-02" };
  const refused = await session.contract
    .submitTransaction("municipality:advanceDay", JSON.stringify(input))
    .catch(refusalOf);
  expect(refused).toMatchObject({ kind: "rule", rule: { code: "not_founded" } });
  session.close();
});

it("gets its register, from then on people sign, and what was before is proved as before", async () => {
  const command = randomUUID();
  const given = register();
  const unsigned = {
    municipality: torino,
    register: {
      ...given,
      organisations: given.organisations.map((one) => ({ ...one, mspId: mspIds[one.part], origin })),
    },
  };
  const text = foundingText(channel, { ...unsigned, command, signatures: [] });
  await submitAndWait(db, {
    ...{ id: command, transaction: "municipality:introduceRegister" },
    input: { ...unsigned, signatures: signedWith(text, organisations) },
    signer: signerOf(municipalService(torino)),
    subject: { type: "municipality", id: torino },
  });
  const { transactionId } = await new FoundedCity(world).submit(people.coordinator, "commons:register", {
    ...{ id: "first-square", kind: "square", digest: "b".repeat(64) },
  });
  expect(
    await proveTransaction({ gateway: access.gateway, db }, { municipality: torino, transactionId }),
  ).toMatchObject({ faulty: false, signedWith: "passkey" });
  expect(await proof()).toMatchObject({ faulty: false, signedWith: "certificate", checks: { signer: true } });
  expect(await settings()).toMatchObject({ since: "2026-01-01" });
});
