import "server-only";
import { getTranslations } from "next-intl/server";
import type { Option } from "@/components/ui/inputs";
import { db } from "@/lib/db";
import type { Viewer } from "@/lib/permissions";
import { subjectsFor } from "./rights-queries";

/** What of a commons this person may add pictures to, as the choices of a form: the narrowest first. */
export async function targetOptions(
  municipality: string,
  commons: { id: string; name: string },
  viewer: Viewer | undefined,
): Promise<Option[]> {
  const subjects = await subjectsFor(municipality, commons.id, viewer);
  if (subjects.length === 0) return [];
  const t = await getTranslations("pictures.targets");
  const idsOf = (wanted: string) => subjects.filter(({ type }) => type === wanted).map(({ id }) => id);
  const where = (ids: string[]) => ({ municipality, id: { in: ids } });
  const [proposals, pacts] = await Promise.all([
    db.proposal.findMany({ where: where(idsOf("proposal")), select: { id: true, title: true } }),
    db.pact.findMany({ where: where(idsOf("pact")), select: { id: true, title: true } }),
  ]);
  return [
    ...(idsOf("commons").length > 0
      ? [{ value: `commons:${commons.id}`, label: t("commons", { name: commons.name }) }]
      : []),
    ...proposals.map(({ id, title }) => ({ value: `proposal:${id}`, label: t("proposal", { title }) })),
    ...pacts.flatMap(({ id, title }) =>
      (["before", "after"] as const).map((moment) => ({
        ...{ value: `pact:${id}:${moment}`, label: t(moment, { title }) },
      })),
    ),
  ];
}
