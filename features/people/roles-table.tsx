import { useTranslations } from "next-intl";
import { DateText } from "@/components/ui/date-text";
import { type Column, Table } from "@/components/ui/table";
import type { RoleView } from "./office-queries";

/** Who holds or held which role, for the whole municipality or a part of it. */
export function RolesTable({ caption, roles }: { caption: string; roles: readonly RoleView[] }) {
  const t = useTranslations("people.office");
  const names = useTranslations("roles");
  const organisations = useTranslations("organisations");
  const until: Column<RoleView> = {
    ...{ key: "until", header: t("until") },
    cell: ({ until: end }) => end && <DateText value={end} short />,
  };
  return (
    <Table
      caption={<span className="sr-only">{caption}</span>}
      rows={roles}
      rowKey={({ id }) => id}
      columns={[
        { key: "person", header: t("person"), rowHeader: true, cell: ({ name }) => name },
        { key: "role", header: t("role"), cell: ({ role }) => names(role) },
        { key: "organisation", header: t("organisation"), cell: (row) => organisations(row.organisation) },
        {
          key: "where",
          header: t("where"),
          cell: ({ house, district }) =>
            house ?? (district === null ? t("everywhere") : t("district", { number: district })),
        },
        { key: "since", header: t("since"), cell: ({ since }) => <DateText value={since} short /> },
        { key: "givenBy", header: t("givenBy"), cell: ({ givenBy }) => givenBy ?? t("nobody") },
        ...(roles.some(({ until: end }) => end) ? [until] : []),
      ]}
    />
  );
}
