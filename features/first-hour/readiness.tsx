import { useLocale, useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { formatList } from "@/lib/format";
import { type Facts, missingBefore, type Step } from "./rules";

/** In one sentence what is missing before a call can open. */
export function Readiness({ facts }: { facts: Facts }) {
  const t = useTranslations("firstHour");
  const listed = useListed();
  const missing = missingBefore("call", facts);
  const later = missingBefore("vote", facts).filter((step) => !missing.includes(step));
  return (
    <Notice
      tone={missing.length === 0 ? "success" : "warning"}
      title={missing.length === 0 ? t("ready") : t("missing", listed(missing))}
    >
      {later.length > 0 && <p>{t("missingForVote", listed(later))}</p>}
    </Notice>
  );
}

/** The same, for whoever is about to publish a call. */
export function NotReadyForCall({
  municipality,
  missing,
  administers,
}: {
  /** Slug. */
  municipality: string;
  missing: readonly Step[];
  /** Whether the viewer can open the page of first steps. */
  administers: boolean;
}) {
  const t = useTranslations("firstHour");
  const listed = useListed();
  if (missing.length === 0) return null;
  return (
    <Notice tone="warning" title={t("notReady")}>
      <p>{t("notReadyText", listed(missing))}</p>
      <p>
        {administers ? (
          <TextLink href={{ pathname: "/[municipality]/office/first-hour", params: { municipality } }}>
            {t("notReadyLink")}
          </TextLink>
        ) : (
          t("notReadyAsk")
        )}
      </p>
    </Notice>
  );
}

function useListed(): (missing: readonly Step[]) => { count: number; list: string } {
  const t = useTranslations("firstHour.needs");
  const locale = useLocale();
  return (missing) => ({
    ...{
      count: missing.length,
      list: formatList(
        missing.map((step) => t(step)),
        locale,
      ),
    },
  });
}
