import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Fold } from "@/components/ui/fold";
import { Icon } from "@/components/ui/icon";
import { PlainLink, textLinkClass } from "@/components/ui/link";
import { addressOf } from "@/lib/language/address";
import type { Href } from "@/lib/language/navigation";
import { ShareButtons } from "./share-buttons";

/** How a page is passed on and its dates are kept, without anybody being told who did: no script of elsewhere. */
export async function ShareBar({
  title,
  href,
  calendar,
  embed,
}: {
  title: string;
  /** The page itself, without what filters it. */
  href: Href;
  /** Path of its dates as iCalendar, where it has some. */
  calendar?: string;
  /** How another site shows it, where it can be shown. */
  embed?: ReactNode;
}) {
  const [t, locale] = await Promise.all([getTranslations("sharing"), getLocale()]);
  const url = addressOf(locale, href);
  const mail = `mailto:?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(`${title}\n${url}`)}`;
  return (
    <div className="mb-8 print:hidden">
      <Fold label={t("label")} icon="send">
        <ul aria-label={t("label")} className="flex flex-wrap items-center gap-x-5 text-base">
          <ShareButtons
            title={title}
            url={url}
            className={`inline-flex min-h-11 items-center gap-1.5 ${textLinkClass}`}
            words={{
              share: (
                <>
                  <Icon name="send" size="small" />
                  {t("share")}
                </>
              ),
              copy: (
                <>
                  <Icon name="link" size="small" />
                  {t("copy")}
                </>
              ),
              copied: t("copied"),
              notCopied: t("notCopied", { url }),
            }}
          />
          <li className="inline-flex min-h-11 items-center">
            <PlainLink href={mail} icon="message">
              {t("mail")}
            </PlainLink>
          </li>
          {calendar && (
            <li className="inline-flex min-h-11 items-center">
              <PlainLink href={`${calendar}?lingua=${locale}`} icon="calendar" download>
                {t("calendar")}
              </PlainLink>
            </li>
          )}
          {embed && <li className="has-open:basis-full">{embed}</li>}
        </ul>
      </Fold>
    </div>
  );
}
