import { useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

/** Hands the acts to the trial signer, which shows them again and hands back what stands for a passkey's signature. */
export function TrialForm({
  signer,
  person,
  texts,
  returnTo,
}: {
  /** Origin of the trial signer. */
  signer: string;
  person: string;
  texts: readonly string[];
  /** Address of the site that takes the signature. */
  returnTo: string;
}) {
  const t = useTranslations("signing");
  const fields = { person, return: returnTo, language: useLocale() };
  return (
    <form method="post" action={`${signer}/sign`} className="max-w-form space-y-3">
      <p>{t("trialText")}</p>
      {texts.map((text) => (
        <input key={text} type="hidden" name="act" value={text} />
      ))}
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button type="submit" icon="check">
        {t("trialSign")}
      </Button>
    </form>
  );
}
