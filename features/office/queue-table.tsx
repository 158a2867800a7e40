import { useLocale, useTranslations } from "next-intl";
import { DateText, InstantText } from "@/components/ui/date-text";
import { DemoMark } from "@/components/ui/demo-mark";
import { Icon } from "@/components/ui/icon";
import { Italian } from "@/components/ui/italian";
import { TextLink } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { Pagination } from "@/components/ui/pagination";
import { Table } from "@/components/ui/table";
import { stepIcon, stepName } from "@/features/workflow/rules";
import type { Href } from "@/lib/language/navigation";
import { DueRule } from "./due-rule";
import { dutyPathPart } from "./duty-path";
import { carriedQueue, type QueueFilter, queryOf } from "./queue";
import type { Queue, QueueItem } from "./queue-queries";
import { WaitingLink } from "./waiting-link";

/** A page of the queue: cards where there is no room for columns. */
export function QueueTable({
  municipality,
  queue: { items, day, page, pages },
  filter,
}: {
  municipality: string;
  queue: Queue;
  filter: QueueFilter;
}) {
  const t = useTranslations("office.queue");
  const steps = useTranslations("workflow.steps");
  const roles = useTranslations("roles");
  const locale = useLocale();
  const carried = carriedQueue(filter, locale) || "tutto=1";
  const at = (change: Partial<QueueFilter>): Href => ({
    pathname: "/[municipality]/office",
    params: { municipality },
    query: queryOf({ ...filter, page: 1, ...change }, locale),
  });
  return (
    <>
      <Table<QueueItem>
        caption={<span className="sr-only">{t("caption")}</span>}
        compact
        rows={items}
        rowKey={({ transaction, id }) => `${transaction} ${id}`}
        sort={{ column: filter.column, direction: filter.direction }}
        sortHref={(column, direction) => at({ column: column as QueueFilter["column"], direction })}
        columns={[
          {
            key: "task",
            header: t("task"),
            rowHeader: true,
            sortable: true,
            cell: (item) => (
              <>
                <span className="flex items-start gap-2 font-normal text-ink-soft">
                  <span className="pt-0.5">
                    <Icon name={stepIcon(item.transaction)} size="small" />
                  </span>
                  <span className="min-w-0">{stepName(steps, item.transaction)}</span>
                </span>
                <WaitingLink municipality={municipality} item={item} queue={carried} />
                {item.isOnItsWay && <span className="block font-normal">{t("onItsWay")}</span>}
              </>
            ),
          },
          {
            key: "commons",
            header: t("commons"),
            plain: true,
            sortable: true,
            cell: ({ commonsName }) => (commonsName ? <Italian>{commonsName}</Italian> : undefined),
          },
          {
            key: "amount",
            header: t("amount"),
            plain: true,
            numeric: true,
            sortable: true,
            cell: ({ amountCents, fictional }) =>
              amountCents === undefined ? undefined : (
                <>
                  <Money cents={amountCents} /> <DemoMark fictional={fictional === true} />
                </>
              ),
          },
          {
            key: "since",
            header: t("since"),
            sortable: true,
            cell: ({ since, sinceHour }) =>
              sinceHour ? (
                <InstantText value={sinceHour} />
              ) : since ? (
                <DateText value={since} short />
              ) : undefined,
          },
          {
            key: "due",
            header: t("due"),
            plain: ({ dueOn }) => !dueOn,
            sortable: true,
            cell: ({ dueOn, term }) =>
              dueOn ? <DueRule dueOn={dueOn} term={term} day={day} /> : t("noTerm"),
          },
          {
            key: "who",
            header: t("who"),
            cell: ({ assignee, offices }) =>
              assignee?.name || [...new Set(offices?.map(({ role }) => roles(role)))].join(", "),
          },
          {
            key: "sheet",
            header: t("sheet"),
            plain: true,
            cell: (item) => (
              <TextLink
                aria-label={`${item.protocolNumber ?? t("assign")}: ${item.title}`}
                href={{
                  pathname: "/[municipality]/office/duties/[transaction]/[record]",
                  params: { municipality, transaction: dutyPathPart(item.transaction), record: item.id },
                  query: { coda: carried },
                }}
              >
                {item.protocolNumber ?? t("assign")}
              </TextLink>
            ),
          },
        ]}
      />
      <Pagination page={page} pages={pages} hrefOf={(to) => at({ page: to })} />
    </>
  );
}
