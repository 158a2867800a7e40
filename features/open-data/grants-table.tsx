import { useTranslations } from "next-intl";
import { DateText } from "@/components/ui/date-text";
import { DemoMark } from "@/components/ui/demo-mark";
import { Italian } from "@/components/ui/italian";
import { PlainLink, TextLink } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { type Direction, Table } from "@/components/ui/table";
import type { Href } from "@/lib/language/navigation";
import type { GrantView } from "./grant-list";

export function GrantsTable({
  municipality,
  grants,
  totalCents,
  sort,
  sortHref,
  caption,
}: {
  municipality: string;
  grants: readonly GrantView[];
  /** Of all rows of the list, also those on its other pages. */
  totalCents: bigint;
  sort: { column: string; direction: Direction };
  sortHref: (column: string, direction: Direction) => Href;
  caption: string;
}) {
  const t = useTranslations("grants");
  return (
    <Table
      caption={<span className="sr-only">{caption}</span>}
      rows={grants}
      rowKey={({ id }) => id}
      sort={sort}
      sortHref={sortHref}
      columns={[
        {
          key: "beneficiary",
          header: t("beneficiary"),
          rowHeader: true,
          sortable: true,
          foot: t("total"),
          cell: ({ id, beneficiary, beneficiaryCode, fiscalCode }) => (
            <span id={id}>
              {beneficiary || t("coded", { code: beneficiaryCode })}
              {fiscalCode && (
                <span className="block font-normal text-ink-soft">
                  {t("fiscalCode", { code: fiscalCode })}
                </span>
              )}
            </span>
          ),
        },
        {
          key: "basis",
          header: t("basis"),
          cell: ({ legalBasis, act, selectionMethod }) => (
            <>
              <span className="block">{legalBasis}</span>
              <span className="block">{act}</span>
              <span className="block text-ink-soft">{t("selection", { method: selectionMethod })}</span>
            </>
          ),
        },
        {
          key: "office",
          header: t("office"),
          sortable: true,
          cell: ({ office, responsibleOfficer }) => (
            <>
              <span className="block">{office}</span>
              <span className="block">{responsibleOfficer}</span>
            </>
          ),
        },
        {
          key: "project",
          header: t("project"),
          cell: ({ projectLink, pact, commons }) => (
            <>
              <span className="block">
                {commons.slug ? (
                  <TextLink
                    href={{
                      pathname: "/[municipality]/commons/[commons]",
                      params: { municipality, commons: commons.slug },
                    }}
                  >
                    <Italian>{commons.name}</Italian>
                  </TextLink>
                ) : (
                  commons.name
                )}
              </span>
              {pact && (
                <span className="block">
                  <TextLink
                    href={{
                      pathname: "/[municipality]/pacts/[pact]",
                      params: { municipality, pact: pact.slug },
                    }}
                  >
                    {t("pact", { name: commons.name })}
                  </TextLink>
                </span>
              )}
              {/^https?:\/\//.test(projectLink) && (
                <span className="block">
                  <PlainLink href={projectLink}>{t("projectLink", { name: commons.name })}</PlainLink>
                </span>
              )}
            </>
          ),
        },
        {
          key: "grantedOn",
          header: t("grantedOn"),
          sortable: true,
          cell: ({ grantedOn }) => <DateText value={grantedOn} short />,
        },
        {
          key: "amount",
          header: t("amount"),
          numeric: true,
          sortable: true,
          foot: <Money cents={totalCents} />,
          cell: ({ amountCents, fictional }) => (
            <>
              <Money cents={amountCents} /> <DemoMark fictional={fictional} />
            </>
          ),
        },
      ]}
    />
  );
}
