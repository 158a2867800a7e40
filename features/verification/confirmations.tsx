import { useFormatter, useTranslations } from "next-intl";
import type { IconName } from "@/components/ui/icon";
import { State, type Tone } from "@/components/ui/state";
import type { Confirmation } from "@/ledger/client/confirmation";

const marks: Record<Confirmation["says"], { icon: IconName; tone: Tone }> = {
  same: { icon: "check-circle", tone: "success" },
  different: { icon: "x-circle", tone: "danger" },
  behind: { icon: "hourglass", tone: "neutral" },
  away: { icon: "alert", tone: "warning" },
};

/** What each organisation's own peer says of a block, and whose word that is on a ledger of one machine. */
export function Confirmations({
  confirmations,
  oneMachine,
}: {
  confirmations: readonly Confirmation[];
  oneMachine: boolean;
}) {
  const t = useTranslations("verify.confirmations");
  const organisation = useTranslations("organisations");
  return (
    <div className="space-y-3">
      <ul className="max-w-form divide-y divide-line border-line border-y">
        {confirmations.map(({ organisation: name, peer, says }) => (
          <li key={name} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2.5">
            <span className="min-w-0">
              {organisation(name)} <span className="text-base text-ink-soft">{peer}</span>
            </span>
            <State {...marks[says]}>{t(says)}</State>
          </li>
        ))}
      </ul>
      <Verdict confirmations={confirmations} />
      {oneMachine && <p className="max-w-text text-base text-ink-soft">{t("oneMachine")}</p>}
    </div>
  );
}

function Verdict({ confirmations }: { confirmations: readonly Confirmation[] }) {
  const t = useTranslations("verify.confirmations");
  const organisation = useTranslations("organisations");
  const format = useFormatter();
  const same = confirmations.filter(({ says }) => says === "same");
  if (confirmations.some(({ says }) => says === "different"))
    return <p className="max-w-text font-semibold">{t("faulty")}</p>;
  if (same.length < 2) return <p className="max-w-text">{t("few")}</p>;
  const organisations = format.list(same.map(({ organisation: name }) => organisation(name)));
  return <p className="max-w-text">{t("confirmed", { organisations })}</p>;
}
