"use client";

import { useTranslations } from "next-intl";
import { TextLink } from "./link";

/** Beside an action that asks to prove again who one is: in another tab, so that the form stays as it is. */
export function SignInAnew() {
  const t = useTranslations("ui.form");
  return (
    <p>
      <TextLink href={{ pathname: "/sign-in", query: { ancora: "1" } }} target="_blank">
        {t("signInAnew")}
      </TextLink>
    </p>
  );
}
