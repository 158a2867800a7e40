import { useTranslations } from "next-intl";
import { DateText } from "@/components/ui/date-text";
import { DemoMark } from "@/components/ui/demo-mark";
import { Italian } from "@/components/ui/italian";
import { TextLink } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { Table } from "@/components/ui/table";
import { stepName } from "@/features/workflow/rules";
import { daysBetween } from "@/lib/format";
import type { StepTimes, Wait } from "./waits-queries";

/** What waits for an office, the longest waiting first, with its step. */
export function LongestWaits({
  municipality,
  day,
  waits,
}: {
  municipality: string;
  day: string;
  waits: readonly Wait[];
}) {
  const t = useTranslations("controlRoom.waits");
  const roles = useTranslations("roles");
  const names = useTranslations("workflow.steps");
  return (
    <Table
      caption={<span className="sr-only">{t("longest")}</span>}
      compact
      rows={waits}
      rowKey={({ id }) => id}
      empty={<p>{t("none")}</p>}
      columns={[
        {
          key: "what",
          header: t("what"),
          rowHeader: true,
          cell: ({ type, id, title, commonsName, pactSlug, fictional }) => (
            <>
              {type === "payment" ? (
                <TextLink
                  href={{
                    pathname: "/[municipality]/funds/[payment]",
                    params: { municipality, payment: id },
                  }}
                >
                  <Italian>{`${commonsName}: ${title}`}</Italian>
                </TextLink>
              ) : pactSlug ? (
                <TextLink
                  href={{
                    pathname: "/[municipality]/pacts/[pact]",
                    params: { municipality, pact: pactSlug },
                  }}
                >
                  <Italian>{`${commonsName}: ${title}`}</Italian>
                </TextLink>
              ) : (
                <Italian>{`${commonsName}: ${title}`}</Italian>
              )}{" "}
              <DemoMark fictional={fictional} />
            </>
          ),
        },
        {
          key: "step",
          header: t("step"),
          plain: true,
          cell: ({ transaction }) => stepName(names, transaction),
        },
        {
          key: "whom",
          header: t("whom"),
          plain: true,
          cell: ({ offices }) => offices.map((role) => roles(role)).join(", "),
        },
        {
          key: "since",
          header: t("since"),
          plain: true,
          cell: ({ since }) => (
            <>
              <DateText value={since} short /> ({t("days", { count: Math.max(0, daysBetween(since, day)) })})
            </>
          ),
        },
        {
          key: "amount",
          header: t("amount"),
          numeric: true,
          cell: ({ amountCents }) => <Money cents={amountCents} />,
        },
      ]}
    />
  );
}

/** How many days each step takes, the slowest first, and what waits at it now. */
export function StepTimesTable({ steps, day }: { steps: readonly StepTimes[]; day: string }) {
  const t = useTranslations("controlRoom.waits");
  const room = useTranslations("controlRoom");
  const roles = useTranslations("roles");
  const names = useTranslations("workflow.steps");
  return (
    <Table
      caption={<span className="sr-only">{t("steps")}</span>}
      compact
      rows={steps}
      rowKey={({ transaction }) => transaction}
      empty={<p>{t("noSteps")}</p>}
      columns={[
        {
          key: "step",
          header: t("step"),
          rowHeader: true,
          foot: room("total"),
          cell: ({ transaction }) => stepName(names, transaction),
        },
        {
          key: "whom",
          header: t("whom"),
          plain: true,
          cell: ({ offices }) => offices.map((role) => roles(role)).join(", "),
        },
        {
          key: "median",
          header: t("median"),
          numeric: true,
          cell: ({ medianDays, done }) =>
            medianDays === null ? "–" : t("medianOf", { days: medianDays, count: done }),
        },
        {
          key: "waiting",
          header: t("waiting"),
          numeric: true,
          cell: ({ waiting, oldest }) =>
            oldest === null
              ? waiting
              : t("waitingSince", { count: waiting, days: Math.max(0, daysBetween(oldest, day)) }),
        },
        {
          key: "amount",
          header: t("amount"),
          numeric: true,
          foot: <Money cents={steps.reduce((sum, { waitingCents }) => sum + waitingCents, 0n)} />,
          cell: ({ waitingCents }) => <Money cents={waitingCents} />,
        },
      ]}
    />
  );
}
