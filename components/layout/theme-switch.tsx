import { useTranslations } from "next-intl";
import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";
import { VisuallyHidden } from "@/components/ui/visually-hidden";

/** A plain form: the answer is a cookie and the same page again. Only the theme that is not shown is offered. */
export function ThemeSwitch() {
  const t = useTranslations("site.theme");
  return (
    <form action="/api/theme" method="post">
      <button
        type="submit"
        name="theme"
        value="dark"
        className={classNames(buttonClass, "inline-flex dark:hidden")}
      >
        <Icon name="moon" />
        <VisuallyHidden>{t("toDark")}</VisuallyHidden>
      </button>
      <button
        type="submit"
        name="theme"
        value="light"
        className={classNames(buttonClass, "hidden dark:inline-flex")}
      >
        <Icon name="sun" />
        <VisuallyHidden>{t("toLight")}</VisuallyHidden>
      </button>
    </form>
  );
}

const buttonClass = "size-11 items-center justify-center hover:bg-deep";
