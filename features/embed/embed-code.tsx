import { getLocale, getTranslations } from "next-intl/server";
import { Disclosure } from "@/components/ui/disclosure";
import { PlainLink } from "@/components/ui/link";
import { env } from "@/lib/env";
import { frameMarkup } from "./card";
import { cardAddress } from "./paths";
import type { CardSubject } from "./queries";

/** What the owner of another site copies to show this there. */
export async function EmbedCode({
  municipality,
  subject,
  slug = "",
  title,
}: {
  municipality: string;
  subject: CardSubject;
  slug?: string;
  title: string;
}) {
  const [t, locale] = await Promise.all([getTranslations("embed"), getLocale()]);
  const path = cardAddress(municipality, subject, slug, locale);
  const id = `embed-${subject}`;
  return (
    <Disclosure label={t("open")} icon="external" quiet>
      <div className="max-w-text space-y-2">
        <p>{t("text")}</p>
        <label htmlFor={id} className="font-semibold">
          {t("code")}
        </label>
        <textarea
          id={id}
          readOnly
          rows={4}
          spellCheck={false}
          className="w-full rounded-smooth border border-control bg-surface p-2 font-mono text-sm break-all"
          value={frameMarkup(`${env.ORIGIN}${path}`, title)}
        />
        <p className="flex flex-wrap gap-x-6">
          <PlainLink href={path}>{t("see")}</PlainLink>
          <PlainLink href={`${path}&forma=frammento`} icon="download" download>
            {t("markup")}
          </PlainLink>
        </p>
      </div>
    </Disclosure>
  );
}
