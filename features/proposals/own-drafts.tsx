import { useTranslations } from "next-intl";
import { ActionButton } from "@/components/ui/action-button";
import { Card, CardList } from "@/components/ui/card";
import { InstantText } from "@/components/ui/date-text";
import { Italian } from "@/components/ui/italian";
import { restoreDraft } from "./actions";
import { type Step, stepPath } from "./dossier";
import type { OwnProposal } from "./queries";

/** Drafts to go on with, each at the step where it was left; then those put aside. */
export function OwnDrafts({
  municipality,
  drafts,
}: {
  municipality: string;
  drafts: readonly OwnProposal[];
}) {
  const t = useTranslations("propose");
  const kept = drafts.filter(({ discarded }) => !discarded);
  const aside = drafts.filter(({ discarded }) => discarded);
  return (
    <div className="space-y-4">
      <CardList>
        {kept.map((draft) => (
          <li key={draft.id}>
            <Card
              title={draft.title ? <Italian>{draft.title}</Italian> : t("untitled")}
              href={{
                pathname: "/[municipality]/propose/[draft]/[step]",
                params: { municipality, draft: draft.id, step: stepPath(draft.step as Step) },
              }}
            >
              <p className="text-base">
                {draft.callTitle}
                {draft.isCoAuthor && ` · ${t("together.mark")}`}
              </p>
              <p className="text-base text-ink-soft">
                <InstantText value={draft.updatedAt} />
              </p>
            </Card>
          </li>
        ))}
      </CardList>
      {aside.length > 0 && (
        <section className="space-y-2">
          <h3 className="text-lg">{t("aside")}</h3>
          <ul className="max-w-form divide-y divide-line border-line border-y">
            {aside.map((draft) => (
              <li key={draft.id} className="flex flex-wrap items-center justify-between gap-3 py-2">
                <span id={`aside-${draft.id}`}>{draft.title || t("untitled")}</span>
                <ActionButton
                  action={restoreDraft}
                  fields={{ draft: draft.id }}
                  icon="refresh"
                  describedBy={`aside-${draft.id}`}
                >
                  {t("restore")}
                </ActionButton>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
