import "server-only";
import { keysIn, type PasskeyView } from "@/features/passkeys/queries";
import { officesIn } from "@/features/register/queries";
import { countAsOne } from "@/features/register/rules";
import { db } from "@/lib/db";
import { type Organisation, organisations } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import type { TransactionName } from "@/protocol/transactions";
import { type Duty, officeKeys } from "./duties";
import { daysOfTransactions } from "./scene-queries";

/** Offices and keys that wait to be confirmed, and keys that wait to be proposed. Their titles are people's names, looked up when they are shown. */
export async function registerDuties(municipality: string): Promise<Duty[]> {
  const chain = await foundedRecord(municipality);
  if (!chain) return [];
  const [{ offices }, { keys }] = await Promise.all([
    officesIn({ istatCode: municipality, slug: "" }),
    keysIn(municipality),
  ]);
  const open = offices.filter(({ phase }) => phase === "proposed" || phase === "suspended");
  const sinceOf = await daysOfTransactions(municipality, open);
  const others = (organisation: Organisation) =>
    organisations.filter((other) => !countAsOne(chain, organisation, other));
  const duty = (
    transaction: TransactionName,
    of: { id: string; person: string; organisation: Organisation },
    first: { person: string } | undefined,
    more: Pick<Duty, "since" | "kind"> & { by: readonly Organisation[] },
  ): Duty => ({
    ...{ transaction, id: of.id, title: "", since: more.since, kind: more.kind },
    place: { page: "register" },
    audience: officeKeys(transaction, { organisations: more.by }),
    barred: [of.person, ...(first ? [first.person] : [])],
  });
  const ofOffices = open.map((office) => {
    const isProposed = office.phase === "proposed";
    return duty(
      isProposed ? "offices:confirm" : "offices:confirmWithdrawal",
      office,
      isProposed ? office.proposedBy : office.suspension?.by,
      { since: sinceOf(office), kind: "office", by: others(office.organisation) },
    );
  });
  const ofParty = ({ id, person, since, phase, proposedBy }: PasskeyView): Duty[] => {
    const of = { id, title: "", since, kind: "passkey", place: { page: "signatures" } } as const;
    if (phase === "offered")
      return [
        { ...of, transaction: "passkeys:propose", audience: officeKeys("papers:record"), barred: [person] },
      ];
    if (phase !== "proposed" || !proposedBy) return [];
    const by = { organisations: others(proposedBy.organisation) };
    const audience = officeKeys("passkeys:confirm", by);
    return [{ ...of, transaction: "passkeys:confirm", audience, barred: [person, proposedBy.person] }];
  };
  const ofKeys = keys.flatMap((key): Duty[] => {
    const of = { since: key.since, kind: "passkey" } as const;
    if (key.resident) return ofParty(key);
    if (key.phase === "proposed")
      return [
        {
          ...duty("passkeys:confirm", key, key.proposedBy, { ...of, by: [] }),
          // Keys of people in office are confirmed by whoever confirms offices.
          audience: officeKeys("offices:confirm", { organisations: others(key.organisation) }),
        },
      ];
    if (key.phase === "offered")
      return [
        {
          ...duty("passkeys:propose", key, undefined, { ...of, by: [] }),
          // And proposed for them by whoever proposes offices.
          audience: officeKeys("offices:propose", { organisations: [key.organisation] }),
        },
      ];
    return [];
  });
  return [...ofOffices, ...ofKeys];
}

/** The names of the people whom duties of the register are about, by the id of the office or key. */
export async function registerTitles(
  municipality: string,
  duties: readonly Pick<Duty, "id" | "kind">[],
): Promise<(id: string) => string> {
  const isOfRegister = duties.some(({ kind }) => kind === "office" || kind === "passkey");
  if (!isOfRegister) return () => "";
  const [{ offices }, { keys }] = await Promise.all([
    officesIn({ istatCode: municipality, slug: "" }),
    keysIn(municipality),
  ]);
  const names = new Map([...offices, ...keys].map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? "";
}

async function foundedRecord(municipality: string): Promise<RecordOf<"municipality"> | undefined> {
  const where = { municipality_id: { municipality, id: municipality } };
  const row = await db.chainMunicipality.findUnique({ where, select: { record: true } });
  const record = row?.record as RecordOf<"municipality"> | undefined;
  return record?.founding === undefined ? undefined : record;
}
