import { useLocale, useTranslations } from "next-intl";
import { Money } from "@/components/ui/money";
import { Table } from "@/components/ui/table";
import { formatMoney } from "@/lib/format";
import type { Trace, TracedRound } from "@/voting/allocation/rounds";
import { floor } from "@/voting/rational";
import { StepsPicture } from "./steps-picture";

/** The method step by step, with what is left of the money after each. */
export function CountSteps({
  trace,
  budget,
  titles,
}: {
  trace: Trace;
  budget: bigint;
  titles: ReadonlyMap<string, string>;
}) {
  const t = useTranslations("rounds.outcome");
  const step = useTranslations("allocation.step") as unknown as (
    key: string,
    values: Record<string, string>,
  ) => string;
  const locale = useLocale();
  const sentence = ({ step: taken }: TracedRound) => {
    const name = (id: string) => titles.get(id) ?? id;
    return step(taken.kind, {
      project: name(taken.project),
      price: taken.kind === "equal-shares" ? formatMoney(floor(taken.price), locale) : "",
      left: "left" in taken ? formatMoney(taken.left, locale) : "",
      amount: taken.kind === "residue" ? formatMoney(taken.amount, locale) : "",
      other: taken.kind === "incompatible" ? name(taken.other) : "",
      load: taken.kind === "phragmen" ? formatMoney(floor(taken.load), locale) : "",
    });
  };
  return (
    <section className="space-y-4">
      <h2>{t("steps")}</h2>
      <p className="max-w-text">{t("stepsText")}</p>
      <StepsPicture trace={trace} budget={budget} titles={titles} title={t("steps")} />
      <Table
        caption={<span className="sr-only">{t("stepsCaption")}</span>}
        compact
        rows={trace.rounds}
        rowKey={({ round }) => String(round)}
        columns={[
          { key: "step", header: t("step"), numeric: true, cell: ({ round }) => round },
          { key: "what", header: t("what"), rowHeader: true, cell: sentence },
          { key: "left", header: t("leftAfter"), numeric: true, cell: ({ left }) => <Money cents={left} /> },
        ]}
      />
    </section>
  );
}
