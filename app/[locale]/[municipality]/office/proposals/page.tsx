import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { DateText } from "@/components/ui/date-text";
import { EmptyState } from "@/components/ui/empty-state";
import { Italian } from "@/components/ui/italian";
import { TextLink } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { Table } from "@/components/ui/table";
import { waitingProposals } from "@/features/assessment/queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { OfficeBreadcrumb } from "@/features/office/office-breadcrumb";
import { can } from "@/lib/permissions";
import { requireOfficial } from "@/lib/viewer";

const groups = {
  submitted: ["submitted"],
  under_assessment: ["under_assessment"],
  published: ["published"],
  integration_requested: ["integration_requested"],
  decided: ["admitted", "not_admitted", "merged", "withdrawn", "on_ballot", "funded", "reserve"],
} as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("assessment"))("title"), robots: { index: false } };
}

/** Proposals by what they wait for, the oldest first in each. */
export default async function OfficeProposalsPage({
  params,
}: PageProps<"/[locale]/[municipality]/office/proposals">) {
  const { slug, istatCode } = await requireMunicipality((await params).municipality);
  const viewer = await requireOfficial(istatCode);
  const t = await getTranslations("assessment");
  const state = await getTranslations("states.proposal");
  const all = await waitingProposals(istatCode, Object.values(groups).flat(), viewer);
  const assessor = can(viewer, istatCode, "proposals:score");
  const shown = Object.entries(groups)
    .map(([group, states]) => ({
      group: group as keyof typeof groups,
      rows: all.filter((row) => (states as readonly string[]).includes(row.state)),
    }))
    .filter(({ rows }) => rows.length > 0);
  return (
    <>
      <OfficeBreadcrumb municipality={slug} />
      <PageHeading title={t("title")} lead={t("lead")} />
      {shown.length === 0 && (
        <EmptyState icon="document" title={t("none")}>
          {t("noneText")}
        </EmptyState>
      )}
      <div className="space-y-10">
        {shown.map(({ group, rows }) => (
          <section key={group} aria-labelledby={group} className="space-y-3">
            <h2 id={group}>{t(`group.${group}`)}</h2>
            <Table
              caption={<span className="sr-only">{t(`group.${group}`)}</span>}
              rows={rows}
              rowKey={({ id }) => id}
              columns={[
                {
                  key: "proposal",
                  header: t("proposal"),
                  rowHeader: true,
                  cell: ({ id, title }) => (
                    <TextLink
                      href={{
                        pathname: "/[municipality]/office/proposals/[proposal]",
                        params: { municipality: slug, proposal: id },
                      }}
                    >
                      <Italian>{title}</Italian>
                    </TextLink>
                  ),
                },
                { key: "call", header: t("call"), cell: ({ callTitle }) => <Italian>{callTitle}</Italian> },
                {
                  key: "submitted",
                  header: t("submittedOn"),
                  cell: ({ submittedOn }) => <DateText value={submittedOn} short />,
                },
                ...(group === "decided"
                  ? [
                      {
                        key: "state",
                        header: t("state"),
                        cell: (row: { state: string }) => state(row.state as Parameters<typeof state>[0]),
                      },
                    ]
                  : []),
                ...(group === "under_assessment"
                  ? [
                      {
                        key: "scored",
                        header: t("scored"),
                        cell: (row: (typeof rows)[number]) => (
                          <>
                            {t("scoredOf", { count: row.scored, wanted: row.wanted })}
                            {assessor && (
                              <span className="block text-ink-soft text-sm">{t(`own.${row.own}`)}</span>
                            )}
                          </>
                        ),
                      },
                    ]
                  : []),
                {
                  key: "cost",
                  header: t("cost"),
                  numeric: true,
                  cell: ({ costCents }) => <Money cents={costCents} />,
                },
              ]}
            />
          </section>
        ))}
      </div>
    </>
  );
}
