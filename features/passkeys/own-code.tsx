"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Notice } from "@/components/ui/notice";
import { CodeGroups } from "./code-groups";
import { codeMadeHere } from "./made-here";
import type { PasskeyFacts } from "./rules";
import { useCode } from "./use-code";

/** The code of a key of one's own, and whether this browser made the key that the site shows. */
export function OwnCode({ id, facts }: { id: string; facts: PasskeyFacts }) {
  const t = useTranslations("passkeys");
  const code = useCode(facts);
  const [made, setMade] = useState<string>();
  useEffect(() => setMade(codeMadeHere(id)), [id]);
  if (code !== undefined && made !== undefined && made !== code)
    return (
      <Notice tone="danger" live="alert" title={t("ownDiffers")}>
        <p>{t("ownDiffersText")}</p>
      </Notice>
    );
  return (
    <div className="space-y-2">
      <p className="font-semibold">{t("code")}</p>
      <CodeGroups code={code} />
      <p className="text-base text-ink-soft [@media(scripting:none)]:hidden">
        {t(made === undefined ? "ownUnchecked" : "ownChecked")}
      </p>
      <noscript>
        <Notice tone="warning">{t("needsScript")}</Notice>
      </noscript>
    </div>
  );
}
