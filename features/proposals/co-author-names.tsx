import { useTranslations } from "next-intl";
import type { NamedCoAuthors } from "./co-author-queries";

/** Who wrote a proposal together with who proposes it: those who want their name there, and how many others. */
export function CoAuthorNames({ names, others }: NamedCoAuthors) {
  const t = useTranslations("proposals.coAuthors");
  if (names.length + others === 0) return null;
  return (
    <span className="text-base text-ink-soft">
      {names.length === 0 ? (
        t("unnamed", { count: others })
      ) : (
        <>
          {t("with")} <bdi>{names.join(", ")}</bdi>
          {others > 0 && ` ${t("andOthers", { count: others })}`}
        </>
      )}
    </span>
  );
}
