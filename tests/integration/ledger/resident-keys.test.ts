import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bundled } from "@/lib/programs";
import { trialPeople } from "@/prisma/seed/trial-people";
import { openDesk } from "@/services/signer/desk";
import { SignerDesk } from "@/services/signer/desk-client";
import { SignerKeys } from "@/services/signer/keys";
import { startEmbedded } from "../../conformance/embedded";
import { serverActions } from "../actions/request";
import { aglie, settle, torino } from "../actions/town";
import { chaincodeDir, startWorldOn } from "./world";

const folder = mkdtempSync(join(tmpdir(), "cocity-resident-keys-"));
const socket = join(folder, "desk.sock");
Object.assign(process.env, { COCITY_DATA: folder, ORIGIN: "http://localhost:3000", SIGNER_SOCKET: socket });
const keys = await SignerKeys.open(join(folder, "signer"));
const recoveryKeys = await keys.recoveryFingerprints();
const world = await startWorldOn(() => {
  process.env.COCITY_RECOVERY_KEYS = recoveryKeys;
  return startEmbedded({ chaincodeDir });
}, serverActions);
const { db } = world;
const { tellFounding } = await import("@/prisma/seed/founding");
const { settlePeople } = await import("@/prisma/seed/people");
const { Memory, Story } = await import("@/prisma/seed/story");

const desk = await openDesk(keys, socket);
afterAll(async () => {
  desk.closeAllConnections();
  desk.close();
  await rm(folder, { recursive: true, force: true });
});

const day = "2026-01-10";
const terms = {
  ...{ name: "Comune", casaBody: "Case" },
  settings: {
    ...{ leastAge: 16, longestPactYears: 9, challengeDays: 0, publishGrantsAboveCents: 100_000 },
    ...{ cigRequired: true, objectionDays: 0, votingDays: 0 },
  },
};

/** As a version that gave residents no keys left its folder: both Comuni with their register, and nothing since. */
beforeAll(async () => {
  await settle(db);
  await world.startWorker();
  const memory = new Memory();
  for (const [slug, municipality] of [["torino", torino] as const, ["aglie", aglie] as const]) {
    const story = new Story(
      slug,
      municipality,
      memory,
      await settlePeople(slug),
      day,
      new SignerDesk(socket),
    );
    await tellFounding(story, new SignerDesk(socket), terms);
  }
}, 240_000);

it("a folder of before residents had keys gets them at its next start, each once", async () => {
  const ofResidents = { record: { path: ["resident"], equals: true } };
  expect(await db.chainPasskey.count({ where: ofResidents })).toBe(0);
  expect(await db.chainPasskey.count()).toBeGreaterThan(0);

  await introduce();
  const residents = trialPeople.filter(({ roles, birthDate }) => roles.length === 0 && birthDate < "2009");
  const given = await db.chainPasskey.findMany({ where: ofResidents });
  const named = await db.person.findMany({ where: { id: { in: given.map(({ person }) => person) } } });
  expect(named.map(({ displayName }) => displayName).sort()).toEqual(
    residents.map(({ givenName, familyName }) => `${givenName} ${familyName}`).sort(),
  );
  for (const { municipality, state, countsFrom } of given) {
    const today = await db.chainDay.findUniqueOrThrow({
      where: { municipality_id: { municipality, id: "day" } },
    });
    expect([state, String(countsFrom) > today.day]).toEqual(["counting", true]);
  }

  const transactions = await db.chainTransaction.count();
  await introduce();
  expect(await db.chainTransaction.count()).toBe(transactions);
}, 240_000);

/** What the supervisor runs at each start of a folder whose story has been told. */
async function introduce(): Promise<void> {
  const program = bundled("prisma/seed/main.ts");
  await promisify(execFile)(process.execPath, ["--conditions=react-server", program, "--introduce-register"]);
}
