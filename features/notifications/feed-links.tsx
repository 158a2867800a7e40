import { getLocale, getTranslations } from "next-intl/server";
import { PlainLink } from "@/components/ui/link";
import type { ChosenKind } from "./rules";

/** The ways to follow a list without an account: a reader of news, by Atom or RSS, and a calendar where it has dates. */
export async function FeedLinks({
  municipality,
  kind,
  calendar,
}: {
  municipality: string;
  /** Of what alone; without one of all that anyone may read. */
  kind?: ChosenKind | "newsletter";
  /** The address of its dates. */
  calendar?: string;
}) {
  const [t, locale] = await Promise.all([getTranslations("notifications.feeds"), getLocale()]);
  const asked = new URLSearchParams({ ...(kind && { tipo: kind }), lingua: locale });
  const address = `/api/feeds/${municipality}?${asked}`;
  return (
    <ul className="flex flex-wrap gap-x-6 print:hidden">
      <li className="inline-flex min-h-11 items-center">
        <PlainLink href={address} icon="bell">
          {t("atom")}
        </PlainLink>
      </li>
      <li className="inline-flex min-h-11 items-center">
        <PlainLink href={`${address}&formato=rss`} icon="bell">
          {t("rss")}
        </PlainLink>
      </li>
      {calendar && (
        <li className="inline-flex min-h-11 items-center">
          <PlainLink href={`${calendar}?lingua=${locale}`} icon="calendar">
            {t("calendar")}
          </PlainLink>
        </li>
      )}
    </ul>
  );
}
