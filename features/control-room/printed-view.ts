import "server-only";
import { getTranslations } from "next-intl/server";
import type { Printed } from "@/lib/export/pdf";
import { formatDate } from "@/lib/format";
import { addressOf } from "@/lib/language/address";
import type { Locale } from "@/lib/language/routing";
import { withoutPersonalCodes } from "@/lib/personal-codes";
import { namesIn } from "./queries";
import type { Scope } from "./scope-queries";
import { queryOf } from "./view";

type Place = { istatCode: string; slug: string; name: string };

/** What a printed view says beside its numbers: its day, its filters, and the address that shows the same ones. */
export async function printedView(
  place: Place,
  { view, day }: Scope,
  what: "sums" | "payments",
  locale: Locale,
): Promise<Printed> {
  const [t, forms, states, nodes, names] = await Promise.all([
    getTranslations({ locale, namespace: "controlRoom" }),
    getTranslations({ locale, namespace: "pacts.forms" }),
    getTranslations({ locale, namespace: "funds.payStates" }),
    getTranslations({ locale, namespace: "funds.nodes" }),
    namesIn(place.istatCode, view),
  ]);
  const chosen = [
    view.anno !== undefined && `${t("filters.year")}: ${view.anno}`,
    view.fondo !== undefined && `${t("filters.fund")}: ${view.fondo}`,
    view.linea !== undefined && `${t("per.line")}: ${names.line ?? view.linea}`,
    view.circoscrizione !== undefined && t("district", { number: view.circoscrizione }),
    view.forma !== undefined && `${t("filters.form")}: ${forms(view.forma)}`,
    view.beneficiario !== undefined && `${t("per.payee")}: ${names.payee || nodes("person")}`,
    view.bene !== undefined && `${t("per.commons")}: ${names.commons ?? view.bene}`,
    view.stato !== undefined && `${t("filters.state")}: ${states(view.stato)}`,
  ].filter((said) => said !== false);
  return {
    ...{ municipality: place.name, locale },
    title: what === "sums" ? t(`by.${view.per}`) : t("payments"),
    facts: [
      t("title"),
      t("file.asOf", { day: formatDate(day, locale) }),
      ...chosen.map(withoutPersonalCodes),
    ],
    address: addressOf(locale, {
      ...{ pathname: "/[municipality]/control-room", params: { municipality: place.slug } },
      query: queryOf({ ...view, al: day, pagina: 1 }),
    }),
  };
}
