import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Identifier } from "@/components/ui/identifier";
import { Notice } from "@/components/ui/notice";
import { State } from "@/components/ui/state";
import { formatNumber } from "@/lib/format";
import type { ItemResult } from "@/verifier/findings";
import type { Verification } from "@/verifier/verify-round";

const marks = {
  holds: { icon: "check-circle", tone: "success" },
  fails: { icon: "x-circle", tone: "danger" },
  not_yet: { icon: "minus-circle", tone: "neutral" },
} as const;

/** What the verifier found, item by item; what does not hold stands first. */
export function VerificationResult({ verification }: { verification: Verification }) {
  const t = useTranslations("verifyHere");
  const locale = useLocale();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { holds, items, organisations, blocks } = verification;
  const order = { fails: 0, holds: 1, not_yet: 2 };
  const sorted = [...items].sort((a, b) => order[a.status] - order[b.status]);
  return (
    <div className="space-y-6">
      <h2 ref={heading} tabIndex={-1}>
        {t("result")}
      </h2>
      <Notice tone={holds ? "success" : "danger"} title={holds ? t("holds") : t("fails")}>
        <p>
          {holds
            ? t("holdsText", { blocks: formatNumber(blocks, locale) })
            : t("failsText", { count: items.filter(({ status }) => status === "fails").length })}
        </p>
      </Notice>
      <ul className="max-w-text space-y-4">
        {sorted.map((item) => (
          <Item key={item.item} result={item} />
        ))}
      </ul>
      <section className="max-w-text space-y-3">
        <h3>{t("roots")}</h3>
        <p>{t("rootsText")}</p>
        <dl className="space-y-3">
          {Object.entries(organisations).map(([mspId, roots]) => (
            <div key={mspId}>
              <dt className="font-semibold">{mspId}</dt>
              {roots.map((root) => (
                <dd key={root}>
                  <Identifier value={root} />
                </dd>
              ))}
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}

function Item({ result }: { result: ItemResult }) {
  const t = useTranslations("verifyHere");
  const locale = useLocale();
  const { item, status, checked, faults, moreFaults, notes } = result;
  return (
    <li className="space-y-1">
      <State {...marks[status]}>{t(`status.${status}`)}</State>
      <p>
        {t(`items.${item}`)}{" "}
        {checked > 0 && (
          <span className="text-ink-soft">
            {t("checked", { count: checked, number: formatNumber(checked, locale) })}
          </span>
        )}
      </p>
      <Said label={t("faults")} lines={faults} />
      {moreFaults > 0 && <p>{t("more", { count: moreFaults })}</p>}
      <Said label={t("notes")} lines={notes} />
    </li>
  );
}

/** In the verifier's own words, which are English and name records. */
function Said({ label, lines }: { label: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <details>
      <summary>{label}</summary>
      <ul lang="en" className="list-disc space-y-1 pl-5 text-sm">
        {lines.map((line) => (
          <li key={line} className="break-words">
            {line}
          </li>
        ))}
      </ul>
    </details>
  );
}
