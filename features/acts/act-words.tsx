import { useLocale, useTranslations } from "next-intl";
import { State } from "@/components/ui/state";
import { datePhrases } from "@/lib/phrases";
import { type ActRow, actInWords, type Known, type Words } from "./words";

/** One act in words, each of them made from the text that is signed. */
export function ActWords({ text, known, id }: { text: string; known: Known; id: string }) {
  const t = useTranslations("signing");
  const words = useTranslations() as unknown as Words;
  const locale = useLocale();
  const { title, role, expiresOn, rows } = actInWords(text, words, locale, known);
  return (
    <article aria-labelledby={`act-${id}`} className="max-w-form space-y-2">
      <h3 id={`act-${id}`}>{title}</h3>
      <p className="text-base text-ink-soft">
        {t("inRole", { role: words(`roles.${role}`) })}. {t("until", datePhrases("until", expiresOn, locale))}
        .
      </p>
      <dl className="divide-y divide-line border-line border-y">
        {rows.map((row) => (
          <div
            key={`${row.label} ${row.code ?? row.value}`}
            className="grid gap-x-6 py-2.5 sm:grid-cols-[12rem_1fr]"
          >
            <dt className="font-semibold">{row.label}</dt>
            <dd className="min-w-0 break-words">
              <Value row={row} />
            </dd>
          </div>
        ))}
      </dl>
      <details className="text-base">
        <summary className="inline-flex min-h-11 items-center text-link underline underline-offset-4">
          {t("whole")}
        </summary>
        <pre className="whitespace-pre-wrap break-all rounded-smooth bg-sunken p-4 font-mono text-sm">
          {text}
        </pre>
      </details>
    </article>
  );
}

function Value({ row: { value, kind, code } }: { row: ActRow }) {
  const t = useTranslations("signing");
  if (kind === "said") return value;
  if (kind === "digest")
    return (
      <>
        <code className="break-all">{value}</code>{" "}
        <span className="block text-base text-ink-soft">{t("digestOf")}</span>
      </>
    );
  return (
    <>
      <span className="block whitespace-pre-line">{value}</span>
      {kind === "text" ? (
        <State icon="check-circle" tone="success">
          {t("verified")}
        </State>
      ) : (
        <span className="block text-base text-ink-soft">
          {t("code", { code: code ?? "" })} ({t("notVerified")})
        </span>
      )}
    </>
  );
}
