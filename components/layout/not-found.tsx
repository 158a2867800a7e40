import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { Icon } from "@/components/ui/icon";
import { ButtonLink, TextLink } from "@/components/ui/link";
import { PageHeading } from "./page-heading";

export async function notFoundMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("errorPages"))("notFoundTitle"), robots: { index: false } };
}

/** @param inactive the name of the Comune that the address means, where it has no pages yet */
export function NotFound({ inactive }: { inactive?: string | undefined }) {
  const t = useTranslations("errorPages");
  return (
    <PageHeading
      title={inactive === undefined ? t("notFoundTitle") : t("inactiveTitle", { name: inactive })}
      lead={t(inactive === undefined ? "notFoundText" : "inactiveText")}
      actions={
        <ButtonLink href="/" icon="arrow-left">
          {t(inactive === undefined ? "toStart" : "toChooser")}
        </ButtonLink>
      }
    />
  );
}

const ways = [
  ["commons", "leaf", "/[municipality]/commons"],
  ["calls", "idea", "/[municipality]/calls"],
  ["rounds", "ballot", "/[municipality]/rounds"],
  ["houses", "house", "/[municipality]/houses"],
] as const;

/** The same inside a municipality, whose pages lead on. */
export async function MunicipalityNotFound({ municipality }: { municipality: string | undefined }) {
  if (!municipality) return <NotFound />;
  const [t, names] = await Promise.all([getTranslations("errorPages"), getTranslations("site.navigation")]);
  const params = { municipality };
  return (
    <>
      <PageHeading
        title={t("notFoundTitle")}
        lead={t("notFoundText")}
        actions={
          <ButtonLink href={{ pathname: "/[municipality]", params }} icon="arrow-left">
            {t("toHome")}
          </ButtonLink>
        }
      />
      <ul>
        {ways.map(([name, icon, pathname]) => (
          <li key={name}>
            <TextLink href={{ pathname, params }} className="inline-flex min-h-11 items-center gap-2">
              <Icon name={icon} />
              {names(name)}
            </TextLink>
          </li>
        ))}
      </ul>
    </>
  );
}
