import { useTranslations } from "next-intl";
import { InstantText } from "@/components/ui/date-text";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import { Table } from "@/components/ui/table";
import type { LogEntry } from "./moderation-queries";
import { useOfficeName } from "./office-name";
import type { Ground } from "./rules";

/** Who did what about which case: offices by name, people by their sign. */
export function LogTable({ municipality, entries }: { municipality: string; entries: readonly LogEntry[] }) {
  const t = useTranslations("comments.log");
  const grounds = useTranslations("comments.grounds");
  const officeName = useOfficeName();
  return (
    <Table<LogEntry>
      caption={<span className="sr-only">{t("title")}</span>}
      rows={entries}
      rowKey={({ id }) => id}
      empty={<EmptyState icon="check-circle" title={t("empty")} />}
      columns={[
        { key: "at", header: t("at"), rowHeader: true, cell: ({ at }) => <InstantText value={at} /> },
        { key: "what", header: t("what"), cell: ({ what }) => t(`entries.${what as "hidden"}`) },
        {
          key: "ground",
          header: t("ground"),
          cell: ({ ground }) => (ground ? grounds(ground as Ground) : undefined),
        },
        {
          key: "who",
          header: t("who"),
          cell: ({ office, sign }) => (office ? `${officeName(office)} (${sign})` : t("person", { sign })),
        },
        {
          key: "case",
          header: t("case"),
          cell: ({ inCase }) => (
            <TextLink
              href={{
                pathname: "/[municipality]/office/moderation/[case]",
                params: { municipality, case: inCase },
              }}
            >
              {inCase.slice(0, 8)}
            </TextLink>
          ),
        },
      ]}
    />
  );
}
