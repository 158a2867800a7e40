import { useTranslations } from "next-intl";
import { buttonClass } from "./button-class";
import { Icon } from "./icon";
import { PrintOnClick } from "./print-on-click";

/** Opens the browser's own printing. Not there without scripts: the browser's menu has it. */
export function PrintButton() {
  const t = useTranslations("ui");
  return (
    <span className="contents [@media(scripting:none)]:hidden">
      <PrintOnClick className={buttonClass("plain")}>
        <Icon name="printer" />
        {t("print")}
      </PrintOnClick>
    </span>
  );
}
