import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Authenticator } from "@/chaincode/testing/authenticator";
import { administrators, keyOf, passkeyId, recoveryKeys } from "@/chaincode/testing/register";
import { codeGroups, passkeyCode } from "@/features/passkeys/rules";
import { addDays } from "@/protocol/days";
import type { Organisation } from "@/protocol/primitives";
import { RECOVERY_DAYS } from "@/protocol/records/register";
import { Preparation } from "@/scripts/recover/description";
import { configureRecoveryKeys, FoundedCity, foundTorino, origin } from "./founded";
import { startWorld, torino } from "./world";

const folder = mkdtempSync(join(tmpdir(), "cocity-recover-"));
const file = (name: string) => join(folder, name);
process.env.COCITY_DATA = folder;
process.env.FISCAL_NUMBER_KEY = randomBytes(32).toString("hex");
configureRecoveryKeys();
const world = await startWorld();
const { db } = world;

const lost = administrators.Garanti;
const key = new Authenticator();
let preparation: Preparation;

beforeAll(async () => {
  await world.startWorker();
  await foundTorino(world);
  await writeFile(file("nomina.pdf"), pdf);
  await writeFile(file("garanti.json"), JSON.stringify(description()));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("npm run recover", () => {
  it("prepares what ends and who comes, with a link for each person", async () => {
    const { stdout } = await recover("prepare", "garanti.json");
    preparation = Preparation.parse(JSON.parse(await readFile(file("garanti.json.recovery"), "utf8")));
    const { plan, people, founding } = preparation;
    expect(plan.withdrawPasskeys).toContain(passkeyId(keyOf(lost.person)));
    expect(plan.endOffices).toContain(`office-${lost.person}`);
    expect(plan.endOffices).not.toContain(`office-${administrators.Comune.person}`);
    const [owner = expect.fail()] = people;
    const query = new URLSearchParams({ founding, person: owner.person, name: owner.name });
    expect(stdout).toContain(`${origin}/prima-chiave?${query}`);
  }, 60_000);

  it("prints what the recovery keys sign, and the code of each key", async () => {
    const [{ person } = expect.fail()] = preparation.people;
    const { credential, spki, algorithm } = key;
    await writeFile(file("keys"), JSON.stringify({ person, credential, spki, algorithm }));
    const { stdout, stderr } = await recover("text", "garanti.json", "keys");
    expect(stdout).toMatch(/^cocity recovery 1\n\{.*\}$/);
    const { founding } = preparation;
    const code = await passkeyCode({ founding, person, credential, spki, rpId: "localhost" });
    expect(stderr).toBe(`Nuova Prova, Garanti: ${codeGroups(code).join(" ")}\n`);
    for (const part of ["Comune", "Case"] as const)
      await writeFile(file(`${part}.sig`), recoveryKeys[part].sign(Buffer.from(stdout)));
  }, 60_000);

  it("proposes nothing with one signature, and makes it public with two", async () => {
    const alone = recover("propose", "garanti.json", "keys", signed("Comune"));
    await expect(alone).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("signatures") });
    const { stdout } = await recover("propose", "garanti.json", "keys", signed("Comune"), signed("Case"));
    expect(stdout).toMatch(/^The recovery of Garanti is public: transaction [0-9a-f]{64}, block \d+\.$/m);
  }, 90_000);

  it("completes it after seven days of the ledger and not before: others are in office, with their keys", async () => {
    const early = recover("complete", "garanti.json");
    await expect(early).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("too_early") });
    const { day } = await db.chainDay.findFirstOrThrow({ where: { municipality: torino } });
    await new FoundedCity(world).advanceTo(addDays(day, RECOVERY_DAYS));
    const { stdout } = await recover("complete", "garanti.json");
    expect(stdout).toMatch(/^Garanti is recovered: /m);
    const stateOf = (id: string) =>
      db.chainPasskey.findUniqueOrThrow({ where: { municipality_id: { municipality: torino, id } } });
    expect(await stateOf(passkeyId(key))).toMatchObject({ state: "counting" });
    expect(await stateOf(passkeyId(keyOf(lost.person)))).toMatchObject({ state: "withdrawn" });
    const [{ person } = expect.fail()] = preparation.people;
    const held = await db.chainOffice.findMany({
      where: { municipality: torino, state: "held", organisation: "Garanti" },
    });
    expect(held.map((office) => office.person)).toEqual([person]);
  }, 120_000);
});

function description() {
  const act = { kind: "determina", number: "1", date: "2026-01-01", body: "Garanti", file: "nomina.pdf" };
  return {
    ...{ municipality: torino, part: "Garanti", endAll: true, act },
    people: [
      {
        ...{ givenName: "Nuova", familyName: "Prova", birthDate: "1980-01-01", residence: torino },
        fiscalNumber: "PRVPSN80A01Z999X",
        offices: [{ role: "administrator", from: "2026-01-01", act }],
      },
    ],
  };
}

const pdf =
  "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n";

function signed(part: Organisation): string {
  return `${part}=${file(`${part}.sig`)}`;
}

/** The command as `npm run` starts it. */
function recover(command: string, path: string, keysFile?: string, ...signatures: string[]) {
  const program = ["--conditions=react-server", "--import", "tsx", "scripts/recover.ts"];
  const paths = [file(path), ...(keysFile === undefined ? [] : [file(keysFile)]), ...signatures];
  return promisify(execFile)(process.execPath, [...program, command, ...paths]);
}
