import { useLocale, useTranslations } from "next-intl";
import { DaysLeft } from "@/components/ui/days-left";
import { Icon } from "@/components/ui/icon";
import { Italian } from "@/components/ui/italian";
import { ButtonLink, TextLink } from "@/components/ui/link";
import type { CallCard } from "@/features/calls/queries";
import type { RoundCard } from "@/features/rounds/queries";
import { formatMoney } from "@/lib/format";
import { datePhrases, deadlinePhrases } from "@/lib/phrases";

/** What anybody can do today: the vote that closes first, else the call, with its deadline and its button; then the rest. */
export function OpenNow({
  municipality,
  rounds,
  calls,
  day,
}: {
  municipality: string;
  rounds: readonly RoundCard[];
  calls: readonly CallCard[];
  day: string;
}) {
  const t = useTranslations("municipality");
  const locale = useLocale();
  const [round, ...otherRounds] = [...rounds].sort((a, b) => a.closesAt.getTime() - b.closesAt.getTime());
  const [call, ...otherCalls] = [...calls].sort((a, b) => a.closesOn.localeCompare(b.closesOn));
  const rest = round && call ? [call, ...otherCalls] : otherCalls;
  return (
    <section aria-labelledby="open" className="space-y-4 rounded-smooth bg-surface p-5 shadow-medium md:p-6">
      <h2 id="open" className="flex items-center gap-2 text-lg">
        <Icon name="calendar" />
        {t("openNow")}
      </h2>
      {round ? (
        <OpenRound municipality={municipality} round={round} />
      ) : call ? (
        <OpenCall municipality={municipality} call={call} day={day} />
      ) : (
        <>
          <p className="font-bold text-xl">{t("nothingOpen")}</p>
          <p>{t("nothingOpenText")}</p>
        </>
      )}
      {otherRounds.length + rest.length > 0 && (
        <ul className="divide-y divide-line border-line border-t">
          {otherRounds.map(({ id, slug, title, closesAt }) => (
            <li key={id} className="py-2">
              <TextLink
                href={{ pathname: "/[municipality]/rounds/[round]", params: { municipality, round: slug } }}
              >
                <Italian>{title}</Italian>
              </TextLink>
              <p className="text-base text-ink-soft">
                {t("votesUntil", deadlinePhrases("when", closesAt, locale))}
              </p>
            </li>
          ))}
          {rest.map((other) => (
            <li key={other.id} className="py-2">
              <TextLink
                href={{
                  pathname: "/[municipality]/calls/[call]",
                  params: { municipality, call: other.slug },
                }}
              >
                <Italian>{other.title}</Italian>
              </TextLink>
              <Until call={other} day={day} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function OpenRound({ municipality, round }: { municipality: string; round: RoundCard }) {
  const t = useTranslations("municipality");
  const locale = useLocale();
  const params = { municipality, round: round.slug };
  return (
    <div className="space-y-3">
      <p className="font-bold text-2xl leading-tight">
        <Italian>{round.title}</Italian>
      </p>
      <p>
        {t("votesUntil", deadlinePhrases("when", round.closesAt, locale))}.{" "}
        {t("toShare", { count: round.projects, budget: formatMoney(round.budgetCents, locale) })}
      </p>
      <p className="flex flex-wrap gap-3">
        <ButtonLink icon="ballot" href={{ pathname: "/[municipality]/rounds/[round]", params }}>
          {t("goToVote")}
        </ButtonLink>
      </p>
    </div>
  );
}

function OpenCall({ municipality, call, day }: { municipality: string; call: CallCard; day: string }) {
  const t = useTranslations("municipality");
  return (
    <div className="space-y-3">
      <p className="font-bold text-2xl leading-tight">
        <Italian>{call.title}</Italian>
      </p>
      <p>
        <Italian>{call.summary}</Italian>
      </p>
      <Until call={call} day={day} />
      <p>
        <ButtonLink
          icon="idea"
          href={{ pathname: "/[municipality]/calls/[call]", params: { municipality, call: call.slug } }}
        >
          {t("goToCall")}
        </ButtonLink>
      </p>
    </div>
  );
}

function Until({
  call: { closesOn, rolling },
  day,
}: {
  call: Pick<CallCard, "closesOn" | "rolling">;
  day: string;
}) {
  const t = useTranslations("calls");
  const locale = useLocale();
  return (
    <p className="text-base text-ink-soft">
      {t(rolling ? "stopsTaking" : "closes", datePhrases("date", closesOn, locale))} (
      <DaysLeft until={closesOn} day={day} />)
    </p>
  );
}
