import { useTranslations } from "next-intl";
import { stepName } from "@/features/workflow/rules";
import type { TransactionName } from "@/protocol/transactions";
import type { Stuck } from "./stuck-queries";

/** Roles in which nobody can act, and how many steps of each kind wait for them: for everybody to see. */
export function StuckCounts({ vacant, items }: Stuck) {
  const t = useTranslations("register");
  const names = useTranslations("workflow.steps");
  const counts = new Map<TransactionName, number>();
  for (const { transaction } of items) counts.set(transaction, (counts.get(transaction) ?? 0) + 1);
  return (
    <>
      <VacantRoles vacant={vacant} />
      {items.length === 0 ? (
        <p>{t("notStuck")}</p>
      ) : (
        <ul className="max-w-text list-disc space-y-1 pl-5">
          {[...counts].map(([transaction, count]) => (
            <li key={transaction}>{t("stuckCount", { step: stepName(names, transaction), count })}</li>
          ))}
        </ul>
      )}
    </>
  );
}

/** The roles in which nobody can act. */
export function VacantRoles({ vacant }: Pick<Stuck, "vacant">) {
  const t = useTranslations("register");
  const roles = useTranslations("roles");
  const organisations = useTranslations("organisations");
  if (vacant.length === 0) return <p>{t("noVacant")}</p>;
  return (
    <>
      <h3>{t("vacant")}</h3>
      <ul className="max-w-text list-disc space-y-1 pl-5">
        {vacant.map(({ role, organisation }) => (
          <li key={`${organisation} ${role}`}>
            {t("vacantRole", { role: roles(role), organisation: organisations(organisation) })}
          </li>
        ))}
      </ul>
    </>
  );
}
