import { useTranslations } from "next-intl";
import { Differences } from "@/components/ui/differences";
import { Money } from "@/components/ui/money";
import { questions } from "./dossier";
import type { ProposalText } from "./versions-queries";

/** What changed from one version of a dossier to the next, question by question; what stayed as it was is left out. */
export function VersionDifferences({ before, after }: { before: ProposalText; after: ProposalText }) {
  const t = useTranslations("proposals.versions");
  const dossier = useTranslations("dossier");
  const changed = questions.filter(({ id }) => (before.answers[id] ?? "") !== (after.answers[id] ?? ""));
  const added = after.attachments.filter((hash) => !before.attachments.includes(hash)).length;
  const gone = before.attachments.filter((hash) => !after.attachments.includes(hash)).length;
  const isSameCost = before.costCents === after.costCents;
  if (changed.length === 0 && added === 0 && gone === 0 && isSameCost) return <p>{t("same")}</p>;
  return (
    <div className="space-y-6">
      <p className="text-base text-ink-soft">{t("legend")}</p>
      {!isSameCost && (
        <section className="space-y-1">
          <h3 className="text-lg">{t("cost")}</h3>
          <p>
            <del>
              <Money cents={before.costCents} />
            </del>{" "}
            <ins>
              <Money cents={after.costCents} />
            </ins>
          </p>
        </section>
      )}
      {changed.map(({ id }) => (
        <section key={id} className="space-y-1">
          <h3 className="text-lg">{dossier(`${id}.label`)}</h3>
          <Differences before={before.answers[id] ?? ""} after={after.answers[id] ?? ""} />
        </section>
      ))}
      {(added > 0 || gone > 0) && (
        <section className="space-y-1">
          <h3 className="text-lg">{t("files")}</h3>
          <p>{t("filesChanged", { added, gone })}</p>
        </section>
      )}
    </div>
  );
}
