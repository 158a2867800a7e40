"use client";

import { useTranslations } from "next-intl";
import { Button } from "./button";

/** Opens the browser's own printing. Not there without scripts: the browser's menu has it. */
export function PrintButton() {
  const t = useTranslations("ui");
  return (
    <span className="contents [@media(scripting:none)]:hidden">
      <Button look="secondary" icon="printer" onClick={() => window.print()}>
        {t("print")}
      </Button>
    </span>
  );
}
