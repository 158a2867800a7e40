/**
 * Introduces the register of people in office where the demonstration was told before there was one: everybody who holds
 * a role goes on holding it, with a key of the trial signer. What was asked for before is on the ledger first.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { ledger } from "@/ledger/client/process";
import { db } from "@/lib/db";
import { fiscalNumberHash } from "@/lib/encryption";
import { trialMunicipalities, trialPeople } from "@/prisma/seed/trial-people";
import { Organisation, Role } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import type { SignerDesk } from "@/services/signer/desk-client";
import { introduceRegister } from "./founding";
import type { Official } from "./register";
import { isSignedFor, type Story } from "./story";

const PATIENCE_MS = 300_000;

/** @returns whether there was none before */
export async function introduceWhereMissing(story: Story, desk: SignerDesk): Promise<boolean> {
  const { municipality } = story;
  const { gateway } = await ledger();
  const record = (await gateway.evaluate("records:get", {
    ...{ municipality, type: "municipality", idParts: [municipality] },
  })) as RecordOf<"municipality"> | null;
  if (!record || record.founding !== undefined) return false;
  await drained(municipality);
  await introduceRegister(story, desk, await holders(story.slug));
  return true;
}

/** Until nothing that certificates were to sign is on its way. @throws Error when that takes too long */
async function drained(municipality: string): Promise<void> {
  const where = { municipality, status: { in: ["queued", "sending"] } };
  for (const end = Date.now() + PATIENCE_MS; (await db.outboxItem.count({ where })) > 0; await sleep(200))
    if (Date.now() > end) throw new Error(`what was asked for in ${municipality} does not reach the ledger`);
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
    if (account === undefined || !isSignedFor(role)) continue;
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
