import { getLocale, getTranslations } from "next-intl/server";
import { encode } from "uqr";
import { ActionButton } from "@/components/ui/action-button";
import { InstantText } from "@/components/ui/date-text";
import { Identifier } from "@/components/ui/identifier";
import { PrintButton } from "@/components/ui/print-button";
import { addressOf } from "@/lib/language/address";
import { makeHandoverCode } from "./handover-actions";
import { handoverCode } from "./handover-service";
import { grouped } from "./pass-on-code";
import { UNCLAIMED_DAYS } from "./rules";

/** What a helper hands to the person at the desk: a code, as letters and as a square that a telephone reads. */
export async function Handover({
  municipality,
  helper,
  draft,
}: {
  municipality: { istatCode: string; slug: string };
  helper: string;
  draft: string;
}) {
  const [t, locale, made] = await Promise.all([
    getTranslations("propose.handover"),
    getLocale(),
    handoverCode({ municipality: municipality.istatCode, person: helper }, draft),
  ]);
  const href = {
    pathname: "/[municipality]/propose/receive",
    params: { municipality: municipality.slug },
    ...(made && { query: { codice: made.code } }),
  } as const;
  return (
    <section aria-labelledby="handover" className="max-w-form space-y-4">
      <h2 id="handover">{t("title")}</h2>
      <p className="max-w-text">{t("text")}</p>
      <p className="max-w-text">{t("forgotten", { days: UNCLAIMED_DAYS })}</p>
      {made && (
        <div className="space-y-3">
          <Square text={addressOf(locale, href)} label={t("square")} />
          <p>
            {t("code")} <Identifier value={grouped(made.code)} />
          </p>
          <p>
            {t("where", {
              address: addressOf(locale, { pathname: href.pathname, params: href.params }),
            })}
          </p>
          <p>
            {t("until")} <InstantText value={made.until} />
          </p>
          <PrintButton />
        </div>
      )}
      <ActionButton
        action={makeHandoverCode}
        fields={{ draft }}
        look={made ? "secondary" : "primary"}
        icon="send"
      >
        {t(made ? "again" : "make")}
      </ActionButton>
    </section>
  );
}

/** A QR code, dark on light in both themes, as telephones read it. */
function Square({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: 4 });
  const cells = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : [])));
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      width={224}
      height={224}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={cells.join("")} fill="#000" />
    </svg>
  );
}
