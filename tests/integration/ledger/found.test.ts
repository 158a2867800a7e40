import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Authenticator } from "@/chaincode/testing/authenticator";
import { recoveryKeys } from "@/chaincode/testing/register";
import { codeGroups, passkeyCode } from "@/features/passkeys/rules";
import { todayInItaly } from "@/lib/local-time";
import { mspIds, organisations } from "@/protocol/primitives";
import { Preparation } from "@/scripts/found/description";
import { configureRecoveryKeys } from "./founded";
import { startWorld } from "./world";

const folder = mkdtempSync(join(tmpdir(), "cocity-found-"));
const file = (name: string) => join(folder, name);
process.env.COCITY_DATA = folder;
process.env.FISCAL_NUMBER_KEY = randomBytes(32).toString("hex");
configureRecoveryKeys();
const { db, startWorker } = await startWorld();

const aglie = "001001";
const originOf = {
  Comune: "https://aglie.example",
  Case: "https://case.example",
  Garanti: "https://garanti.example",
};
const keys = new Map<string, Authenticator>();
let preparation: Preparation;

beforeAll(async () => {
  await startWorker();
  await writeFile(file("nomina.pdf"), pdf);
  await writeFile(file("aglie.json"), JSON.stringify(description()));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("npm run found", () => {
  it("prepares a founding once, with a link for each person on the origin of their organisation", async () => {
    const { stdout } = await found("prepare", "aglie.json");
    preparation = Preparation.parse(JSON.parse(await readFile(file("aglie.json.founding"), "utf8")));
    const { founding, people } = preparation;
    expect(founding).toMatchObject({ municipality: aglie, name: "Agliè", day: todayInItaly() });
    for (const { person, organisation, name } of people) {
      const link = stdout.split("\n").find((line) => line.includes(person)) ?? expect.fail(stdout);
      const { origin, pathname, searchParams } = new URL(link.trim());
      expect({ origin, pathname }).toEqual({ origin: originOf[organisation], pathname: "/prima-chiave" });
      expect(Object.fromEntries(searchParams)).toEqual({
        ...{ person, name, founding: founding.register.founding },
      });
      keys.set(person, new Authenticator());
    }
    const [office] = founding.register.offices;
    expect(await db.attachment.findFirst({ where: { hash: office?.act.file ?? "" } })).toMatchObject({
      ...{ municipality: aglie, aboutType: "municipality", public: true },
    });
    await expect(found("prepare", "aglie.json")).rejects.toMatchObject({ code: 1 });
  }, 60_000);

  it("prints what the recovery keys sign, and the code of each key", async () => {
    const lines = [...keys].map(([person, { credential, spki, algorithm }]) =>
      JSON.stringify({ person, credential, spki, algorithm }),
    );
    await writeFile(file("keys"), `${lines.join("\n\n")}\n`);
    const { stdout, stderr } = await found("text", "aglie.json", "keys");
    expect(stdout).toMatch(/^cocity founding 1\n\{.*\}$/);
    for (const [person, { credential, spki }] of keys) {
      const { organisation, name } = preparation.people.find((one) => one.person === person) ?? expect.fail();
      const rpId = new URL(originOf[organisation]).hostname;
      const { founding } = preparation.founding.register;
      const code = codeGroups(await passkeyCode({ founding, person, credential, spki, rpId })).join(" ");
      expect(stderr).toContain(`${name}, ${organisation}: ${code}\n`);
    }
    for (const part of organisations)
      await writeFile(file(`${part}.sig`), recoveryKeys[part].sign(Buffer.from(stdout)));
    await writeFile(file("other.sig"), recoveryKeys.Comune.sign(Buffer.from(`${stdout}\n`)));
  }, 60_000);

  it("founds nothing without the signature of every organisation, of this text", async () => {
    const missing = found("submit", "aglie.json", "keys", ...signed("Comune", "Case"));
    await expect(missing).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("signatures") });
    const other = found(
      "submit",
      "aglie.json",
      "keys",
      `Comune=${file("other.sig")}`,
      ...signed("Case", "Garanti"),
    );
    await expect(other).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("bad_signature") });
    expect(await db.chainMunicipality.count()).toBe(0);
  }, 90_000);

  it("founds the municipality with its people in office, and gives it its pages", async () => {
    const submit = () => found("submit", "aglie.json", "keys", ...signed(...organisations));
    const { stdout } = await submit();
    expect(stdout).toMatch(/^Agliè is founded: transaction [0-9a-f]{64}, block \d+\.$/m);
    expect((await submit()).stdout).toBe(stdout);
    const { record } = await db.chainMunicipality.findFirstOrThrow({ where: { municipality: aglie } });
    expect(record).toMatchObject({ founding: preparation.founding.register.founding });
    expect(record).not.toHaveProperty("trial");
    expect(await db.municipality.findUnique({ where: { istatCode: aglie } })).toMatchObject({ active: true });
    const held = await db.chainOffice.findMany({ where: { municipality: aglie, state: "held" } });
    expect(held.map(({ person }) => person).sort()).toEqual([...keys.keys()].sort());
    expect(await db.chainSigningKey.count({ where: { municipality: aglie, withdrawn: false } })).toBe(1);
    expect(await db.chainPasskey.count({ where: { municipality: aglie } })).toBe(keys.size);
  }, 90_000);
});

function description() {
  const act = { kind: "determina", number: "1", date: "2026-01-01", body: "Comune", file: "nomina.pdf" };
  const people = organisations.map((organisation, index) => ({
    ...{ givenName: `Persona${index}`, familyName: "Prova", birthDate: "1980-01-01", residence: aglie },
    fiscalNumber: `PRVPSN80A01Z99${index}X`,
    organisation,
    offices: [{ role: "administrator", from: "2026-01-01", act }],
  }));
  return {
    ...{ municipality: aglie, casaBody: "Biblioteca", day: todayInItaly(), people },
    settings: {
      ...{ leastAge: 16, longestPactYears: 9, publishGrantsAboveCents: 100_000, cigRequired: true },
      ...{ challengeDays: 5, objectionDays: 5, votingDays: 5 },
    },
    organisations: organisations.map((part) => ({
      ...{ part, mspId: mspIds[part], origin: originOf[part], recoveryKey: recoveryKeys[part].spki },
    })),
  };
}

const pdf =
  "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n";

function signed(...parts: readonly (keyof typeof recoveryKeys)[]): string[] {
  return parts.map((part) => `${part}=${file(`${part}.sig`)}`);
}

/** The command as `npm run` starts it. */
function found(command: string, path: string, ...more: string[]) {
  const [keysFile, ...signatures] = more;
  const program = ["--conditions=react-server", "--import", "tsx", "scripts/found.ts"];
  const paths = [file(path), ...(keysFile ? [file(keysFile)] : []), ...signatures];
  return promisify(execFile)(process.execPath, [...program, command, ...paths]);
}
