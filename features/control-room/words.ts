import "server-only";
import { getTranslations } from "next-intl/server";
import type { pactForms } from "@/protocol/records/pacts";
import type { SumsRow } from "./sums-queries";
import type { Grouping } from "./view";

type Locale = "it" | "en";

/** What a group of sums is called, in the language of who reads. */
export async function groupWords(per: Grouping, locale: Locale): Promise<(row: SumsRow) => string> {
  const [t, forms, states, funds] = await Promise.all([
    getTranslations({ locale, namespace: "controlRoom" }),
    getTranslations({ locale, namespace: "pacts.forms" }),
    getTranslations({ locale, namespace: "funds.payStates" }),
    getTranslations({ locale, namespace: "funds.nodes" }),
  ]);
  return ({ key, label }) => {
    if (key === "") return t(`none.${per === "district" ? "district" : "other"}`);
    if (per === "district") return t("district", { number: key });
    if (per === "form") return forms(key as (typeof pactForms)[number]);
    if (per === "state") return states(key as "paid");
    return label || (per === "payee" ? funds("person") : key);
  };
}
