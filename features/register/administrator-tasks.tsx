import { getTranslations } from "next-intl/server";
import { FieldsForm } from "@/components/ui/fields-form";
import { Task } from "@/components/ui/task";
import { actFields } from "@/features/documents/act-field-queries";
import type { Organisation } from "@/protocol/primitives";
import { proposeOffice, suspendOffice } from "./actions";
import type { OfficeView } from "./queries";
import { rolesOf } from "./rules";

/** What an administrator does for the own organisation: proposes somebody for an office, or suspends somebody. */
export async function AdministratorTasks({
  organisation,
  person,
  offices,
}: {
  organisation: Organisation;
  person: string;
  offices: readonly OfficeView[];
}) {
  const [t, roles, organisations, act] = await Promise.all([
    getTranslations("register"),
    getTranslations("roles"),
    getTranslations("organisations"),
    actFields(),
  ]);
  const ours = offices.filter((office) => office.organisation === organisation);
  const named = ({ id, name, role, district }: OfficeView) => ({
    value: id,
    label: `${name || t("noName")} – ${district === undefined ? roles(role) : t("district", { role: roles(role), number: district })}`,
  });
  const replaceable = ours.filter(({ phase }) => ["coming", "held", "suspended"].includes(phase));
  const suspendable = ours.filter((office) => office.phase === "held" && office.person !== person);
  return (
    <div className="space-y-3">
      <Task title={t("propose")}>
        <p>{t("proposeText", { organisation: organisations(organisation) })}</p>
        <FieldsForm
          id="propose-office"
          action={proposeOffice}
          hidden={{ command: crypto.randomUUID() }}
          fields={[
            { kind: "text", name: "person", label: t("personField"), hint: t("personHint") },
            {
              ...{ kind: "select", name: "role", label: t("role"), empty: t("choose") },
              options: rolesOf(organisation).map((value) => ({ value, label: roles(value) })),
            },
            {
              ...{ kind: "text", name: "district", label: t("districtField"), optional: true },
              ...{ hint: t("districtHint"), inputMode: "numeric" },
            },
            { kind: "date", name: "from", label: t("fromField") },
            { kind: "date", name: "until", label: t("untilField"), hint: t("untilHint"), optional: true },
            {
              ...{ kind: "select", name: "substituteFor", label: t("substituteField"), optional: true },
              ...{ hint: t("substituteHint"), empty: t("nobody") },
              options: replaceable.map(named),
            },
            ...act,
          ]}
          submitLabel={t("proposeButton")}
          submitIcon="send"
        />
      </Task>
      {suspendable.length > 0 && (
        <Task title={t("suspend")}>
          <p>{t("suspendText")}</p>
          <FieldsForm
            id="suspend-office"
            action={suspendOffice}
            hidden={{ command: crypto.randomUUID() }}
            fields={[
              {
                ...{ kind: "select", name: "id", label: t("suspendWho"), empty: t("choose") },
                options: suspendable.map(named),
              },
              { kind: "area", name: "reason", label: t("reason"), hint: t("reasonHint"), rows: 3 },
            ]}
            submitLabel={t("suspendButton")}
            submitIcon="pause"
            look="danger"
          />
        </Task>
      )}
    </div>
  );
}
