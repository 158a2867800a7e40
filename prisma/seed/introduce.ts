/**
 * Introduces the register of people in office where the demonstration was told before there was one: everybody who holds
 * a role goes on holding it, with a key of the trial signer. What was asked for before is queued anew.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { isFounded } from "@/features/register/queries";
import { ledger } from "@/ledger/client/process";
import { db } from "@/lib/db";
import { fiscalNumberHash } from "@/lib/encryption";
import { trialMunicipalities, trialPeople } from "@/prisma/seed/trial-people";
import { submissionOf } from "@/protocol/acts/roles";
import { Organisation, Role } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import type { SignerDesk } from "@/services/signer/desk-client";
import { tellIntroduction } from "./founding";
import type { Official } from "./register";
import type { Story } from "./story";

const PATIENCE_MS = 300_000;

/** Whether the ledger knows a municipality, and with a register; one with a register is in the tables as well. */
export async function registerState(municipality: string): Promise<"unfounded" | "missing" | "there"> {
  const { gateway } = await ledger();
  const record = (await gateway.evaluate("records:get", {
    ...{ municipality, type: "municipality", idParts: [municipality] },
  })) as RecordOf<"municipality"> | null;
  if (!record) return "unfounded";
  if (record.founding === undefined) return "missing";
  await until(() => isFounded(municipality), `the tables do not show that ${municipality} is founded`);
  return "there";
}

export async function introduceRegister(story: Story, desk: SignerDesk): Promise<void> {
  const { municipality } = story;
  // What is being sent is signed by a certificate of before: it is recorded, or comes to nothing, before there is a register.
  await until(
    async () => (await db.outboxItem.count({ where: { municipality, status: "sending" } })) === 0,
    `what was asked for in ${municipality} does not reach the ledger`,
  );
  await tellIntroduction(story, desk, await holders(story.slug));
}

/** @throws Error with `otherwise` when it takes too long */
async function until(isSo: () => Promise<boolean>, otherwise: string): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !(await isSo()); await sleep(200))
    if (Date.now() > end) throw new Error(otherwise);
}

/** Whoever holds a role today, with the offices that go with their organisation. */
async function holders(slug: keyof typeof trialMunicipalities): Promise<Official[]> {
  const municipality = trialMunicipalities[slug];
  const accounts = new Map(trialPeople.map(({ id, fiscalNumber }) => [fiscalNumberHash(fiscalNumber), id]));
  const rows = await db.roleAssignment.findMany({
    where: { municipality, OR: [{ until: null }, { until: { gt: new Date() } }] },
    orderBy: { id: "asc" },
    select: {
      ...{ organisation: true, role: true, district: true, person: true },
      holder: { select: { displayName: true, fiscalNumberHash: true } },
    },
  });
  const officials = new Map<string, Official & { offices: Official["offices"][number][] }>();
  for (const { person, holder, district, ...row } of rows) {
    const [organisation, role] = [Organisation.parse(row.organisation), Role.parse(row.role)];
    const account = accounts.get(holder.fiscalNumberHash ?? "");
    // What registrars do is done by programs, whose certificate says what they are.
    if (account === undefined || submissionOf(role) !== "act") continue;
    const known = officials.get(person);
    // A person belongs to one organisation: the one whose role they have held the longest.
    if (known && known.organisation !== organisation) continue;
    if (known) known.offices.push({ role, district });
    else
      officials.set(person, {
        ...{ account, person, name: holder.displayName ?? account, organisation },
        offices: [{ role, district }],
      });
  }
  return [...officials.values()];
}
