import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Card, CardList } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Italian } from "@/components/ui/italian";
import { ButtonLink, TextLink } from "@/components/ui/link";
import { requireMunicipality } from "@/features/municipalities/queries";
import { OfficeBreadcrumb } from "@/features/office/office-breadcrumb";
import { callsToVote, draftRounds, listRounds } from "@/features/rounds/queries";
import { RoundStateMark } from "@/features/rounds/round-state";
import { can } from "@/lib/permissions";
import { requireOfficial } from "@/lib/viewer";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("rounds.office"))("title"), robots: { index: false } };
}

export default async function OfficeRoundsPage({
  params,
}: PageProps<"/[locale]/[municipality]/office/rounds">) {
  const municipality = await requireMunicipality((await params).municipality);
  const viewer = await requireOfficial(municipality.istatCode);
  const { slug, istatCode } = municipality;
  const [t, calls, drafts, rounds] = await Promise.all([
    getTranslations("rounds.office"),
    callsToVote(istatCode),
    draftRounds(istatCode),
    listRounds(istatCode),
  ]);
  const href = (round: string) => ({
    ...{ pathname: "/[municipality]/office/rounds/[round]" as const, params: { municipality: slug, round } },
  });
  const isOfficer = can(viewer, istatCode, "rounds:freeze");
  return (
    <>
      <OfficeBreadcrumb municipality={slug} />
      <PageHeading title={t("title")} lead={t("lead")} />
      <div className="space-y-10">
        {isOfficer && (
          <section className="space-y-4">
            <h2>{t("new")}</h2>
            {calls.length === 0 && <EmptyState title={t("nothing")} />}
            <ul className="space-y-3">
              {calls.map(({ id, title, admitted }) => (
                <li key={id} className="flex flex-wrap items-center gap-3">
                  <ButtonLink
                    look="secondary"
                    icon="plus"
                    href={{
                      pathname: "/[municipality]/office/rounds/new/[call]",
                      params: { municipality: slug, call: id },
                    }}
                  >
                    {t("newFor", { call: title })}
                  </ButtonLink>
                  <span>{t("admitted", { count: admitted })}</span>
                </li>
              ))}
            </ul>
          </section>
        )}
        {isOfficer && drafts.length > 0 && (
          <section className="space-y-4">
            <h2>{t("drafts")}</h2>
            <ul className="space-y-2">
              {drafts.map(({ id, title }) => (
                <li key={id}>
                  <TextLink href={href(id)}>
                    <Italian>{title}</Italian>
                  </TextLink>
                </li>
              ))}
            </ul>
          </section>
        )}
        <section className="space-y-4">
          <h2>{t("running")}</h2>
          <CardList>
            {rounds.map((round) => (
              <li key={round.id}>
                <Card href={href(round.id)} title={<Italian>{round.title}</Italian>}>
                  <p className="flex flex-wrap gap-2">
                    <RoundStateMark state={round.state} reconstruction={round.reconstruction} />
                  </p>
                </Card>
              </li>
            ))}
          </CardList>
        </section>
      </div>
    </>
  );
}
