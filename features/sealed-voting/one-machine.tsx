import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import { env } from "@/lib/env";

/** Where one operator holds all parts of sealed rounds, as in a trial, the promise of secrecy does not hold: it is said. */
export function OneMachine() {
  const t = useTranslations("sealedPages");
  if (env.SEALED_SOCKETS === undefined) return null;
  return <Notice tone="warning">{t("oneMachine")}</Notice>;
}
