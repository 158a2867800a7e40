import "server-only";
import { db } from "@/lib/db";
import type { RecordOf } from "@/protocol/records";
import { inTheirDistrict, type Waiting, type WaitingKind } from "./rules";
import { daysOf, officeFor, officesFor, type Scene } from "./scene-queries";

/** Pacts that wait for a step this person can take. */
export async function pactsWaiting(scene: Scene): Promise<Waiting[]> {
  const { municipality, viewer } = scene;
  const rows = await db.chainPact.findMany({
    where: {
      municipality,
      state: { in: ["draft", "district_approved", "noted_by_giunta", "giunta_approved", "signed"] },
    },
  });
  if (rows.length === 0) return [];
  const [words, places, districtCouncils, sinceOf] = await Promise.all([
    db.pact.findMany({
      where: { municipality, id: { in: rows.map(({ id }) => id) } },
      select: { id: true, slug: true, title: true },
    }),
    db.commons.findMany({
      where: { municipality, id: { in: rows.map(({ commons }) => commons) } },
      select: { id: true, district: true },
    }),
    db.roleAssignment.count({ where: { municipality, role: "district_council", until: null } }),
    daysOf(municipality, rows),
  ]);
  const district = officesFor(scene, "pacts:approveDistrict");
  const giunta = officeFor(scene, "pacts:noteGiunta");
  const signing = officesFor(scene, "pacts:sign");
  return rows.flatMap((row): Waiting[] => {
    const text = words.find(({ id }) => id === row.id);
    if (!text) return [];
    const { parties, signatures } = row.record as unknown as RecordOf<"pact">;
    const place = places.find(({ id }) => id === row.commons);
    const kinds: WaitingKind[] = [];
    if (row.state === "draft" && inTheirDistrict(district, place?.district)) kinds.push("approvePact");
    // Where there are no districts the Giunta approves by itself.
    else if (giunta && (row.state === "district_approved" || (row.state === "draft" && !districtCouncils)))
      kinds.push("approvePact");
    const isToSign = row.state === "noted_by_giunta" || row.state === "giunta_approved";
    const hasSigned = signatures.some(({ person }) => person === viewer.id);
    const open = parties.filter(({ id }) => !signatures.some(({ party }) => party === id));
    if (
      isToSign &&
      !hasSigned &&
      open.some(({ organisation }) => signing.some((held) => held.organisation === organisation))
    )
      kinds.push("signPact");
    if (row.state === "signed") {
      if (!row.briefedOn && officeFor(scene, "pacts:recordSafetyBriefing")) kinds.push("briefing");
      if (!row.insuredUntil && officeFor(scene, "pacts:recordInsurance")) kinds.push("insurance");
      if (row.briefedOn && row.insuredUntil && officeFor(scene, "pacts:activate")) kinds.push("activatePact");
    }
    return kinds.map((kind) => ({
      ...{ kind, id: row.id, title: text.title, since: sinceOf(row) },
      place: { page: "pact", slug: text.slug },
    }));
  });
}
