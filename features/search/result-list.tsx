import { useLocale, useTranslations } from "next-intl";
import { PlainLink, TextLink } from "@/components/ui/link";
import type { Result } from "./queries";
import type { Marked } from "./rules";

/** What was found, each with its kind and the words around what was searched for. */
export function ResultList({ results }: { results: readonly Result[] }) {
  const t = useTranslations("search");
  const locale = useLocale();
  return (
    <ul className="max-w-text space-y-6">
      {results.map(({ kind, id, title, excerpt, place, district, to }) => {
        // What people of the municipality wrote is Italian; pages of help speak the reader's language.
        const lang = locale === "it" || kind === "help" ? undefined : "it";
        const words = <Words parts={title} />;
        return (
          <li key={`${kind} ${id}`} className="space-y-1">
            <p className="text-base text-ink-soft">
              {[t(`one.${kind}`), place, district !== null && t("districtName", { number: district })]
                .filter(Boolean)
                .join(" · ")}
            </p>
            <h2 className="text-lg" lang={lang}>
              {"file" in to ? (
                <PlainLink href={to.file} icon="document">
                  {words}
                </PlainLink>
              ) : "address" in to ? (
                <PlainLink href={to.address}>{words}</PlainLink>
              ) : (
                <TextLink href={to.page}>{words}</TextLink>
              )}
            </h2>
            {excerpt.length > 0 && (
              <p lang={kind === "news" ? undefined : lang}>
                <Words parts={excerpt} />
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Words({ parts }: { parts: Marked }) {
  let place = 0;
  return parts.map(({ text, found }) => {
    const key = `${place} ${text}`;
    place += text.length;
    return found ? (
      <mark key={key} className="bg-accent-soft font-bold text-inherit">
        {text}
      </mark>
    ) : (
      <span key={key}>{text}</span>
    );
  });
}
