import { getLocale, getTranslations } from "next-intl/server";
import { ActionButton } from "@/components/ui/action-button";
import { ButtonLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { askedFacts } from "@/features/commons/rules";
import { stepSentence } from "@/features/commons/step-words";
import { errorSentences } from "@/lib/error-sentences";
import type { Href } from "@/lib/language/navigation";
import { putActAside } from "./actions";
import type { WaitingAct } from "./queries";
import { MOST_AT_ONCE } from "./schema";

/** What waits for the signature of the person who looks, to be signed one by one, all at once, or put aside. */
export async function WaitingActs({
  municipality,
  acts,
  next,
}: {
  /** Slug. */
  municipality: string;
  acts: readonly WaitingAct[];
  /** The path that signing goes on to. */
  next: string;
}) {
  if (acts.length === 0) return null;
  const [t, thread, locale, sentence] = await Promise.all([
    getTranslations("signing"),
    getTranslations("thread"),
    getLocale(),
    errorSentences(),
  ]);
  const toSign = (ids: readonly string[]): Href => ({
    pathname: "/[municipality]/sign",
    params: { municipality },
    query: { atti: ids.join(","), poi: next },
  });
  return (
    <section aria-labelledby="to-sign" className="max-w-form space-y-4">
      <h2 id="to-sign">{t("waitingTitle")}</h2>
      <ul className="divide-y divide-line border-line border-y">
        {acts.map(({ id, transaction, input, error }) => (
          <li key={id} className="space-y-2 py-3">
            <p id={`to-sign-${id}`} className="font-semibold">
              {stepSentence(thread, locale, transaction, askedFacts(transaction, input))}
            </p>
            {error && (
              <Notice tone="warning" title={t("again")}>
                {sentence(error.code, error.params)}
              </Notice>
            )}
            <div className="flex flex-wrap items-start gap-3">
              <ButtonLink
                look="secondary"
                icon="check"
                href={toSign([id])}
                aria-describedby={`to-sign-${id}`}
              >
                {t("signOne")}
              </ButtonLink>
              <ActionButton
                action={putActAside}
                fields={{ id }}
                look="plain"
                icon="x-circle"
                describedBy={`to-sign-${id}`}
              >
                {t("putAside")}
              </ActionButton>
            </div>
          </li>
        ))}
      </ul>
      {acts.length > 1 && (
        <ButtonLink icon="check" href={toSign(acts.slice(0, MOST_AT_ONCE).map(({ id }) => id))}>
          {t("signAll")}
        </ButtonLink>
      )}
    </section>
  );
}
