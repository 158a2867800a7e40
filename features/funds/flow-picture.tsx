import { useLocale, useTranslations } from "next-intl";
import { Sankey } from "@/components/charts/sankey";
import { Disclosure } from "@/components/ui/disclosure";
import { Italian } from "@/components/ui/italian";
import { Money } from "@/components/ui/money";
import { Table } from "@/components/ui/table";
import { formatMoney } from "@/lib/format";
import type { FlowGraph, FlowNode } from "./flows";

/** The money as a picture, and the same numbers as a table. */
export function FlowPicture({ graph }: { graph: FlowGraph }) {
  const t = useTranslations("funds");
  const locale = useLocale();
  if (graph.links.length === 0) return null;
  const name = ({ kind, label }: FlowNode): string => {
    if (kind === "unplanned" || kind === "unrequested") return t(`nodes.${kind}`);
    if (kind === "others") return t("nodes.others", { count: Number(label) });
    if (kind === "milestone") return t("nodes.milestone", { number: label });
    return label || t("nodes.person");
  };
  const names = new Map(graph.nodes.map((node) => [node.id, name(node)]));
  const nameOf = (id: string) => names.get(id) ?? "";
  // Every commons has a first milestone: beside others it is named with what it is of.
  const milestones = new Set(graph.nodes.filter(({ kind }) => kind === "milestone").map(({ id }) => id));
  const commonsOf = new Map(graph.links.map(({ source, target }) => [target, nameOf(source)]));
  const written = new Set(graph.nodes.filter(isWritten).map(({ id }) => id));
  const fullNameOf = (id: string) => {
    if (milestones.has(id))
      return (
        <>
          <Italian>{commonsOf.get(id) ?? ""}</Italian>: {nameOf(id)}
        </>
      );
    return written.has(id) ? <Italian>{nameOf(id)}</Italian> : nameOf(id);
  };
  return (
    <section className="space-y-4">
      <h2>{t("flow")}</h2>
      <p className="hidden max-w-text md:block print:block">{t("flowText")}</p>
      <p className="max-w-text md:hidden print:hidden">{t("flowNarrow")}</p>
      {/* Too wide for a telephone, which shows the table alone. */}
      <div className="hidden md:block print:block">
        <Sankey
          title={t("flow")}
          description={t("flowText")}
          nodes={graph.nodes.map((node) => ({ id: node.id, label: nameOf(node.id), group: node.kind }))}
          links={graph.links.map(({ source, target, cents }) => ({
            ...{ source, target, value: Number(cents) },
            label: t("share", {
              amount: formatMoney(cents, locale),
              from: nameOf(source),
              to: nameOf(target),
            }),
          }))}
        />
      </div>
      <Disclosure label={t("flowTable")}>
        <Table
          caption={<span className="sr-only">{t("flowTable")}</span>}
          rows={graph.links}
          rowKey={({ source, target }) => `${source} ${target}`}
          columns={[
            {
              key: "from",
              header: t("from"),
              rowHeader: true,
              cell: ({ source }) => fullNameOf(source),
            },
            { key: "to", header: t("to"), cell: ({ target }) => fullNameOf(target) },
            {
              key: "amount",
              header: t("amount"),
              numeric: true,
              cell: ({ cents }) => <Money cents={cents} />,
            },
          ]}
        />
      </Disclosure>
    </section>
  );
}

/** Funds, lines and commons are called what somebody here wrote; a payee's name has no language. */
function isWritten({ kind, label }: FlowNode): boolean {
  return label !== "" && (kind === "fund" || kind === "line" || kind === "commons");
}
