import { getTranslations } from "next-intl/server";
import { FieldsForm } from "@/components/ui/fields-form";
import { Task } from "@/components/ui/task";
import { actFields } from "@/features/documents/act-field-queries";
import type { Organisation } from "@/protocol/primitives";
import { confirmOrigin, proposeOrigin, retireOrigin } from "./actions";
import type { OriginsView } from "./origin-queries";

/** What somebody in office can do about the addresses on which people sign. */
export async function OriginTasks({
  view,
  person,
  administers,
  confirms,
}: {
  view: OriginsView;
  person: string;
  /** The organisation for which the viewer administers. */
  administers: Organisation | undefined;
  /** The organisation for which the viewer can confirm. */
  confirms: Organisation | undefined;
}) {
  const [t, organisations] = await Promise.all([
    getTranslations("register.origins"),
    getTranslations("organisations"),
  ]);
  const own = view.own.find(({ part }) => part === administers);
  const toConfirm = view.proposed.filter((proposed) => {
    const of = view.own.find(({ part }) => part === proposed.part);
    return (
      confirms !== undefined &&
      confirms !== proposed.part &&
      !of?.countsWith.includes(confirms) &&
      proposed.person !== person
    );
  });
  if (!own && toConfirm.length === 0) return null;
  const hidden = (more: Record<string, string> = {}) => ({ command: crypto.randomUUID(), ...more });
  return (
    <div className="space-y-3">
      {toConfirm.map((proposed) => (
        <Task
          key={proposed.part}
          title={t("confirm", { organisation: organisations(proposed.part), origin: proposed.origin })}
          open
        >
          <p>{t("confirmText", { name: proposed.name })}</p>
          <FieldsForm
            id={`confirm-origin-${proposed.part}`}
            action={confirmOrigin}
            hidden={hidden({ part: proposed.part, origin: proposed.origin })}
            fields={[]}
            submitLabel={t("confirmButton")}
            submitIcon="seal"
          />
        </Task>
      ))}
      {own && own.newOrigin === undefined && (
        <Task title={t("propose")}>
          <p>{t("proposeText", { organisation: organisations(own.part), origin: own.origin })}</p>
          <FieldsForm
            id="propose-origin"
            action={proposeOrigin}
            hidden={hidden()}
            fields={[
              { kind: "text", name: "origin", label: t("field"), hint: t("hint") },
              ...(await actFields()),
            ]}
            submitLabel={t("proposeButton")}
            submitIcon="send"
          />
        </Task>
      )}
      {own?.newOrigin !== undefined && (
        <Task title={t("retire", { origin: own.origin })}>
          <p>{t("retireText", { origin: own.newOrigin })}</p>
          <FieldsForm
            id="retire-origin"
            action={retireOrigin}
            hidden={hidden({ origin: own.origin })}
            fields={[]}
            submitLabel={t("retireButton")}
            submitIcon="x-circle"
            look="danger"
          />
        </Task>
      )}
    </div>
  );
}
