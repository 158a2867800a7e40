import { useLocale, useTranslations } from "next-intl";
import { LedgerMark } from "@/components/ledger-mark";
import { DateText } from "@/components/ui/date-text";
import { DaysLeft } from "@/components/ui/days-left";
import { DefinitionList } from "@/components/ui/definition-list";
import { DemoMark } from "@/components/ui/demo-mark";
import { PlainLink } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { Table } from "@/components/ui/table";
import { formatMoney, formatNumber } from "@/lib/format";
import { datePhrases } from "@/lib/phrases";
import type { CallView } from "./queries";

/** What is looked up while a call is read: until when, how much at most, for what kind of commons. */
export function CallFacts({ call, day }: { call: CallView; day: string }) {
  const t = useTranslations("calls");
  const locale = useLocale();
  return (
    <>
      <DefinitionList
        beside
        items={[
          { term: t("from"), description: <DateText value={call.opensOn} /> },
          {
            term: t("to"),
            description: (
              <>
                <DateText value={call.closesOn} />
                {call.phase === "open" && (
                  <>
                    {" ("}
                    <DaysLeft until={call.closesOn} day={day} />)
                  </>
                )}
              </>
            ),
          },
          {
            term: t("scopes"),
            description: call.scopes
              .map((scope) => t(`scope.${scope}` as Parameters<typeof t>[0]))
              .join(", "),
          },
          { term: t("atMost"), description: formatMoney(call.maxCostCents, locale) },
        ]}
      />
      <p>{t(call.rolling ? "rolling" : "notRolling")}.</p>
    </>
  );
}

/** Everything else a call says: what for, who may, by which criteria, with which money, under which act. */
export function CallRules({ municipality, call }: { municipality: string; call: CallView }) {
  const t = useTranslations("calls");
  const locale = useLocale();
  return (
    <div className="space-y-10">
      <Words title={t("whatFor")} text={call.objectives} />
      <Words title={t("whoMay")} text={call.whoMay} />
      {call.documentsAsked && <Words title={t("documents")} text={call.documentsAsked} />}
      <section className="max-w-form space-y-3">
        <h2>{t("criteria")}</h2>
        <p>{t("criteriaText", { count: call.requiredScores, threshold: call.threshold })}</p>
        <Table
          caption={<span className="sr-only">{t("criteria")}</span>}
          rows={call.criteria}
          rowKey={({ id }) => id}
          columns={[
            {
              key: "criterion",
              header: t("criterion"),
              rowHeader: true,
              cell: ({ title }) => title[locale],
              foot: t("total"),
            },
            {
              key: "weight",
              header: t("weight"),
              numeric: true,
              cell: ({ weight }) => formatNumber(weight, locale),
              foot: formatNumber(
                call.criteria.reduce((sum, { weight }) => sum + weight, 0),
                locale,
              ),
            },
          ]}
        />
      </section>
      <Lines call={call} />
      <section className="space-y-3">
        <h2>{t("ledger")}</h2>
        <ActOf call={call} />
        <LedgerMark
          municipality={municipality}
          status={{ state: "recorded", block: Number(call.block), transaction: call.transactionId }}
        />
      </section>
    </div>
  );
}

function Lines({ call }: { call: CallView }) {
  const t = useTranslations("calls");
  const locale = useLocale();
  return (
    <section className="max-w-form space-y-3">
      <h2>{t("money")}</h2>
      <p>{t("maxCost", { amount: formatMoney(call.maxCostCents, locale) })}.</p>
      {call.lines.length > 0 && (
        <Table
          caption={t("lines")}
          rows={call.lines}
          rowKey={({ id }) => id}
          columns={[
            { key: "line", header: t("line"), rowHeader: true, cell: ({ name }) => name },
            { key: "fund", header: t("fund"), cell: ({ fund }) => fund },
            {
              key: "budget",
              header: t("budget"),
              numeric: true,
              cell: ({ budgetCents, fictional }) => (
                <>
                  <Money cents={budgetCents} /> <DemoMark fictional={fictional} />
                </>
              ),
            },
          ]}
        />
      )}
    </section>
  );
}

function ActOf({ call }: { call: CallView }) {
  const t = useTranslations("acts");
  const locale = useLocale();
  const { kind, number, date, body } = call.act;
  return (
    <p>
      {t("line", {
        kind: t(`kind.${kind}` as Parameters<typeof t>[0]),
        number,
        ...datePhrases("date", date, locale),
        body,
      })}
      {call.actHref && (
        <>
          {" — "}
          <PlainLink href={call.actHref}>{t("file")}</PlainLink>
        </>
      )}
    </p>
  );
}

function Words({ title, text }: { title: string; text: string }) {
  return (
    <section className="space-y-3">
      <h2>{title}</h2>
      <p className="prose whitespace-pre-line">{text}</p>
    </section>
  );
}
