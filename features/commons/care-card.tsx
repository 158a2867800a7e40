import { useLocale, useTranslations } from "next-intl";
import { PartsBar } from "@/components/charts/parts-bar";
import { DemoMark } from "@/components/ui/demo-mark";
import { Italian } from "@/components/ui/italian";
import { TextLink } from "@/components/ui/link";
import { formatList } from "@/lib/format";
import { datePhrases } from "@/lib/phrases";
import type { Care } from "./care-queries";

/** Who cares for a commons and until when, and how far the money for it has come. */
export function CareCard({
  municipality,
  care: { pact, names, endsOn, money },
}: {
  municipality: string;
  care: Care;
}) {
  const t = useTranslations("commons.care");
  const locale = useLocale();
  return (
    <section aria-labelledby="care" className="space-y-3 rounded-smooth border border-line p-5">
      <h2 id="care" className="text-lg">
        {t("title")}
      </h2>
      <p>
        <Italian>{formatList(names, locale)}</Italian>
        <span className="block text-base text-ink-soft">
          {t("until", datePhrases("date", endsOn, locale))}
        </span>
      </p>
      {money && (
        <div className="space-y-2">
          <h3 className="text-base">
            {t("money")} <DemoMark fictional={money.fictional} />
          </h3>
          <PartsBar
            stacked
            parts={[
              { label: t("paid"), cents: money.paidCents, fill: "fill-success" },
              { label: t("accepted"), cents: money.acceptedCents - money.paidCents, fill: "fill-primary" },
              { label: t("committed"), cents: money.committedCents - money.acceptedCents, fill: "fill-line" },
            ]}
          />
        </div>
      )}
      <p>
        <TextLink
          href={{ pathname: "/[municipality]/pacts/[pact]", params: { municipality, pact: pact.slug } }}
          className="inline-flex min-h-11 items-center"
        >
          {t("open")}
        </TextLink>
      </p>
    </section>
  );
}
