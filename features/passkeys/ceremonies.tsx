import { getTranslations } from "next-intl/server";
import type { FormState } from "@/lib/action-client";
import { CodeForm } from "./code-form";
import type { PasskeyView } from "./queries";

/** Keys whose code somebody compares with their owner, each with the form that signs it. */
export async function Ceremonies({
  keys,
  step,
  action,
  level = 4,
}: {
  keys: readonly PasskeyView[];
  step: "propose" | "confirm";
  action: (state: FormState, form: FormData) => Promise<FormState>;
  /** Of the headings. */
  level?: 3 | 4;
}) {
  const [t, organisations] = await Promise.all([
    getTranslations("passkeys"),
    getTranslations("organisations"),
  ]);
  const Heading = `h${level}` as const;
  return (
    <ul className="max-w-form divide-y divide-line border-line border-y">
      {keys.map(({ id, name, organisation, resident, facts, proposedBy }) => (
        <li key={id} className="space-y-3 py-4">
          <Heading>{t("of", { name })}</Heading>
          <p>{resident ? t("ofParty") : organisations(organisation)}</p>
          {proposedBy && <p>{t("byFirst", { name: proposedBy.name })}</p>}
          <CodeForm
            id={`${step}-key-${id}`}
            action={action}
            hidden={{ command: crypto.randomUUID(), id }}
            facts={facts}
            compared={t("compared", { name })}
            submitLabel={t(step)}
          />
        </li>
      ))}
    </ul>
  );
}
