/** Before two recovery keys set an organisation right: its new people are known, and what ends is listed. */
import { randomUUID } from "node:crypto";
import { db } from "@/lib/db";
import type { RecordOf } from "@/protocol/records";
import { enterPeople, keepAct } from "../found/prepare";
import type { Description, Preparation } from "./description";

/**
 * @param folder where the paths of files begin
 * @throws Error for a municipality that is not founded, an organisation that is none of its own, or a file that the
 *   site would not take
 */
export async function prepareRecovery(description: Description, folder: string): Promise<Preparation> {
  const { municipality, part, endAll, origin, recoveryKey } = description;
  const { founding, own } = await organisationOf(municipality, part);
  const given = description.people.map((person) => ({ ...person, organisation: part }));
  const { offices, people } = await enterPeople(municipality, given, folder);
  const [first] = people;
  if (!first) throw new Error("nobody is to come into office");
  const act = await keepAct({ municipality, person: first.person }, description.act, folder);
  return {
    ...{ command: randomUUID(), completeCommand: randomUUID(), founding, people },
    origin: origin ?? own.newOrigin ?? own.origin,
    plan: {
      ...{ municipality, id: randomUUID(), part, offices, act },
      ...(endAll ? await allOf(municipality, part) : { endOffices: [], withdrawPasskeys: [] }),
      ...(origin !== undefined && { origin }),
      ...(recoveryKey !== undefined && { recoveryKey }),
    },
  };
}

async function organisationOf(municipality: string, part: string) {
  const where = { municipality_id: { municipality, id: municipality } };
  const row = await db.chainMunicipality.findUnique({ where, select: { record: true } });
  const { founding, organisations } = (row?.record ?? {}) as Partial<RecordOf<"municipality">>;
  const own = organisations?.find((one) => one.part === part);
  if (founding === undefined || !own) throw new Error(`${part} is no organisation of ${municipality}`);
  return { founding, own };
}

async function allOf(
  municipality: string,
  part: string,
): Promise<Pick<Preparation["plan"], "endOffices" | "withdrawPasskeys">> {
  const where = { municipality };
  const [offices, passkeys] = await Promise.all([
    db.chainOffice.findMany({ where, orderBy: { id: "asc" } }),
    db.chainPasskey.findMany({ where, orderBy: { id: "asc" } }),
  ]);
  const ofIts = <T extends { organisation: string; state: string }>(
    rows: { record: unknown }[],
    over: string,
  ) =>
    rows
      .map(({ record }) => record as T & { id: string })
      .filter(({ organisation, state }) => organisation === part && state !== over)
      .map(({ id }) => id);
  return { endOffices: ofIts(offices, "ended"), withdrawPasskeys: ofIts(passkeys, "withdrawn") };
}
