import { useLocale, useTranslations } from "next-intl";
import { Italian } from "@/components/ui/italian";
import { TextLink } from "@/components/ui/link";
import { rolesOf, type StepName, stepName } from "@/features/workflow/rules";
import { datePhrases } from "@/lib/phrases";
import type { Organisation } from "@/protocol/primitives";
import type { Stuck } from "./stuck-queries";

/** Roles in which nobody can act, and how many steps of each kind wait for them: for everybody to see. */
export function StuckCounts({ vacant, items }: Stuck) {
  const t = useTranslations("register");
  const names = useTranslations("workflow.steps");
  const counts = new Map<StepName, number>();
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

/** What stands still for whoever proposed it, in the place of a date by which it would go on. */
export function OwnStuck({ municipality, stuck: { vacant, items } }: { municipality: string; stuck: Stuck }) {
  const t = useTranslations("register");
  return (
    <>
      <p className="max-w-text">{t("ownStuckText")}</p>
      <StuckSteps municipality={municipality} stuck={{ vacant, items }} administers={undefined} />
      <p>
        <TextLink href={{ pathname: "/[municipality]/register", params: { municipality } }}>
          {t("ownStuckRegister")}
        </TextLink>
      </p>
    </>
  );
}

/** What nobody can do today, step by step, with what can be done about it: for those who work with it. */
export function StuckSteps({
  municipality,
  stuck: { vacant, items },
  administers,
}: {
  /** Slug. */
  municipality: string;
  stuck: Pick<Stuck, "vacant" | "items">;
  /** The organisation for which the viewer administers. */
  administers: Organisation | undefined;
}) {
  const t = useTranslations("register");
  const names = useTranslations("workflow.steps");
  const roles = useTranslations("roles");
  const organisations = useTranslations("organisations");
  const locale = useLocale();
  return (
    <ul className="max-w-form divide-y divide-line border-line border-y">
      {items.map(({ transaction, id, title, since }) => {
        const wanted = vacant.filter(({ role }) => rolesOf(transaction).includes(role));
        return (
          <li key={`${transaction} ${id}`} className="space-y-1 py-3">
            <p className="text-base text-ink-soft">{stepName(names, transaction)}</p>
            <p className="font-semibold">
              <Italian>{title}</Italian>
            </p>
            {since && <p className="text-base">{t("stuckSince", datePhrases("date", since, locale))}</p>}
            {wanted.map(({ role, organisation }) => (
              <p key={`${organisation} ${role}`}>
                {t("stuckFor", { role: roles(role), organisation: organisations(organisation) })}{" "}
                {administers === organisation ? (
                  <TextLink href={{ pathname: "/[municipality]/office/register", params: { municipality } }}>
                    {t("stuckPropose")}
                  </TextLink>
                ) : (
                  t("stuckAsk")
                )}
              </p>
            ))}
          </li>
        );
      })}
    </ul>
  );
}
