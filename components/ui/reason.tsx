import { useTranslations } from "next-intl";
import { Italian } from "./italian";

/** Why an office decided as it did, in its own words, for everybody who reads the decision. */
export function Reason({ text }: { text: string | null }) {
  const t = useTranslations("documents");
  if (!text) return null;
  return (
    <p className="max-w-text whitespace-pre-line">
      <strong>{t("reason")}</strong> <Italian>{text}</Italian>
    </p>
  );
}
