import "server-only";
import { settingsProposal } from "@/features/settings/queries";
import { db } from "@/lib/db";
import type { Waiting } from "./rules";
import { officeFor, type Scene } from "./scene";
import { daysOfTransactions } from "./scene-queries";

/** Settings that this person can confirm: proposed by somebody else, of another organisation. */
export async function settingsWaiting(scene: Scene): Promise<Waiting[]> {
  const { municipality, viewer } = scene;
  const office = officeFor(scene, "municipality:confirmSettings");
  if (!office) return [];
  const proposal = await settingsProposal(municipality);
  if (!proposal || proposal.organisation === office.organisation || proposal.person === viewer.id) return [];
  const [sinceOf, named] = await Promise.all([
    daysOfTransactions(municipality, [proposal]),
    db.municipality.findUnique({ where: { istatCode: municipality }, select: { name: true } }),
  ]);
  return [
    {
      ...{ transaction: "municipality:confirmSettings", id: municipality, title: named?.name ?? "" },
      ...{ since: sinceOf(proposal), place: { page: "settings" } },
    },
  ];
}
