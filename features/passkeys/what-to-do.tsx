import { useTranslations } from "next-intl";
import { Disclosure } from "@/components/ui/disclosure";

const cases = ["lost", "stolen", "replaced", "withdrawn", "phone"] as const;

/** What to do when a key is lost, stolen, replaced or withdrawn, in plain words. */
export function WhatToDo() {
  const t = useTranslations("passkeys.cases");
  return (
    <ul className="max-w-text">
      {cases.map((name) => (
        <li key={name}>
          <Disclosure label={t(`${name}.title`)}>
            <p>{t(`${name}.text`)}</p>
          </Disclosure>
        </li>
      ))}
    </ul>
  );
}
