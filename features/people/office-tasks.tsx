import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/messages";
import { FieldsForm } from "@/components/ui/fields-form";
import { Task } from "@/components/ui/task";
import type { Organisation } from "@/protocol/primitives";
import { endRoleAction, giveRoleAction } from "./office-actions";
import type { RoleView } from "./office-queries";
import { rolesToGive } from "./office-schema";

/** What an administrator does: gives and ends the roles of their own organisation. */
export async function RoleTasks({
  organisation,
  person,
  active,
  houses,
}: {
  organisation: Organisation;
  /** The administrator, who cannot end their own administration. */
  person: string;
  active: readonly RoleView[];
  houses: readonly { slug: string; name: string }[];
}) {
  const [t, roles, organisations] = await Promise.all([
    getTranslations("people.office"),
    getTranslations("roles"),
    getTranslations("organisations"),
  ]);
  const toEnd = active.filter(
    (row) => row.organisation === organisation && !(row.person === person && row.role === "administrator"),
  );
  return (
    <ClientMessages namespaces={[]}>
      <div className="space-y-3">
        <Task title={t("give")}>
          <p>{t("giveText", { organisation: organisations(organisation) })}</p>
          <FieldsForm
            id="give-role"
            action={giveRoleAction}
            fields={[
              { kind: "text", name: "person", label: t("giveField"), hint: t("giveHint") },
              {
                ...{ kind: "select", name: "role", label: t("role"), empty: t("choose") },
                options: rolesToGive(organisation).map((value) => ({ value, label: roles(value) })),
              },
              {
                ...{ kind: "text", name: "district", label: t("giveDistrict") },
                ...{ hint: t("giveDistrictHint"), inputMode: "numeric", optional: true },
              },
              {
                ...{ kind: "select", name: "house", label: t("giveHouse"), hint: t("giveHouseHint") },
                ...{ empty: t("allHouses"), optional: true },
                options: houses.map(({ slug, name }) => ({ value: slug, label: name })),
              },
            ]}
            submitLabel={t("giveButton")}
            submitIcon="plus"
          />
        </Task>
        {toEnd.length > 0 && (
          <Task title={t("end")}>
            <p>{t("endText")}</p>
            <FieldsForm
              id="end-role"
              action={endRoleAction}
              fields={[
                {
                  ...{ kind: "select", name: "id", label: t("role"), empty: t("choose") },
                  options: toEnd.map(({ id, name, role }) => ({
                    ...{ value: id, label: `${name} – ${roles(role)}` },
                  })),
                },
              ]}
              submitLabel={t("end")}
              submitIcon="x-circle"
              look="danger"
            />
          </Task>
        )}
      </div>
    </ClientMessages>
  );
}
