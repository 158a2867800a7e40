import { useLocale, useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { Identifier } from "@/components/ui/identifier";
import { TextLink } from "@/components/ui/link";
import { formatDate, formatNumber } from "@/lib/format";
import type { Found } from "./queries";
import { isFileMember } from "./rules";

/** Where a code was found, each place leading to its proof. `sentences` say what each transaction did. */
export function FoundList({
  municipality,
  code,
  found,
  sentenceOf,
}: {
  municipality: string;
  code: string;
  found: readonly Found[];
  sentenceOf: (name: string) => string;
}) {
  const t = useTranslations("verify");
  const locale = useLocale();
  const what = (as: Found["as"]): string => {
    if (as.kind === "transaction") return t("result.asTransaction");
    if (as.kind === "ballot") return t("result.asBallot", { round: as.round });
    if (as.kind === "text" || !isFileMember(as.member)) return t("result.asText");
    return t("result.asFile", { what: t(`what.${as.member}`) });
  };
  return (
    <section className="space-y-3">
      <p className="text-base">
        {t("result.looked")} <Identifier value={code} />
      </p>
      {found.length === 0 && (
        <EmptyState icon="x-circle" title={t("result.none")}>
          {t("result.noneText")}
        </EmptyState>
      )}
      {found.length > 0 && (
        <>
          <p className="font-semibold">{t("result.found", { count: found.length })}</p>
          <ul className="max-w-form divide-y divide-line border-line border-y">
            {found.map((item) => (
              <li key={`${item.transactionId} ${what(item.as)}`} className="space-y-1 py-3">
                <p className="font-semibold">{sentenceOf(item.name)}</p>
                <p>{what(item.as)}</p>
                <p className="text-base text-ink-soft">
                  {t("result.on", {
                    day: formatDate(item.day, locale),
                    block: formatNumber(BigInt(item.block), locale),
                  })}
                </p>
                <p>
                  <TextLink
                    href={{
                      pathname: "/[municipality]/verify/[transaction]",
                      params: { municipality, transaction: item.transactionId },
                    }}
                  >
                    {t("result.open")}
                  </TextLink>
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
