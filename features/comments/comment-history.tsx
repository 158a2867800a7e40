import { useTranslations } from "next-intl";
import { InstantText } from "@/components/ui/date-text";
import { Differences } from "@/components/ui/differences";
import { Disclosure } from "@/components/ui/disclosure";
import type { CommentText } from "./queries";

/** How a comment read before, each time with what became of it. */
export function CommentHistory({ versions }: { versions: readonly CommentText[] }) {
  const t = useTranslations("comments.history");
  return (
    <section aria-labelledby="history" className="space-y-4">
      <h2 id="history">{t("title", { count: versions.length })}</h2>
      <ol className="space-y-4">
        {versions.map(({ revision, text, writtenAt }, index) => {
          const before = versions[index + 1];
          return (
            <li key={revision} className="space-y-1">
              <p className="text-base text-ink-soft">
                {t("version", { number: revision })} · <InstantText value={writtenAt} />
              </p>
              {before ? <Differences before={before.text} after={text} /> : <Plain text={text} />}
              {before && (
                <Disclosure quiet label={t("plain")}>
                  <Plain text={text} />
                </Disclosure>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Plain({ text }: { text: string }) {
  return <p className="wrap-anywhere whitespace-pre-line">{text}</p>;
}
