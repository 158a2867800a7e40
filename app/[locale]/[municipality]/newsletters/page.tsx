import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { InstantText } from "@/components/ui/date-text";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import { Pagination } from "@/components/ui/pagination";
import { requireMunicipality } from "@/features/municipalities/queries";
import { wordsIn } from "@/features/newsletters/newsletter-words";
import { sentNewsletters } from "@/features/newsletters/queries";
import { FeedLinks } from "@/features/notifications/feed-links";
import { FollowButton } from "@/features/notifications/follow-button";
import { mailMode } from "@/features/notifications/mail-mode-rules";
import { ownAddress } from "@/features/notifications/mail-service";
import { isFollowing } from "@/features/notifications/queries";
import { currentViewer } from "@/lib/auth";
import { pageIn } from "@/lib/page-in";
import { pageMetadata } from "@/lib/page-metadata";

type Props = PageProps<"/[locale]/[municipality]/newsletters">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, name } = await requireMunicipality((await params).municipality);
  const t = await getTranslations("newsletters");
  return pageMetadata({
    href: { pathname: "/[municipality]/newsletters", params: { municipality: slug } },
    title: `${t("title")} — ${name}`,
    description: t("lead", { municipality: name }),
  });
}

/** All newsletters that were sent, and the button by which one gets the next ones. */
export default async function NewslettersPage({ params, searchParams }: Props) {
  const { slug, istatCode, name } = await requireMunicipality((await params).municipality);
  const viewer = await currentViewer();
  const mode = mailMode();
  const [t, mail, locale, found, follows, address] = await Promise.all([
    getTranslations("newsletters"),
    getTranslations("notifications.mailPages"),
    getLocale(),
    sentNewsletters(istatCode, pageIn((await searchParams).pagina)),
    isFollowing(istatCode, viewer, { kind: "newsletter", subject: "" }),
    viewer && mode === "smtp" ? ownAddress(viewer) : undefined,
  ]);
  const needsAddress = mode === "smtp" && follows && (!address?.isConfirmed || address.isRefused);
  const settings = "/[municipality]/mine/notifications/settings" as const;
  return (
    <>
      <PageHeading title={t("title")} lead={t("lead", { municipality: name })} />
      <div className="space-y-10">
        {mode !== "off" && (
          <section aria-labelledby="subscribe" className="max-w-text space-y-4">
            <h2 id="subscribe">{mail("newsletterByMail")}</h2>
            <p id="subscribe-text">{t("subscribeText")}</p>
            <FollowButton
              kind="newsletter"
              followed={follows}
              signedIn={viewer !== undefined}
              describedBy="subscribe-text"
            />
            {needsAddress && (
              <p>
                {mail("newsletterNeedsAddress")}{" "}
                <TextLink href={{ pathname: settings, params: { municipality: slug } }}>
                  {t("toAddress")}
                </TextLink>
              </p>
            )}
          </section>
        )}
        <section aria-labelledby="sent" className="space-y-4">
          <h2 id="sent">{t("sentTitle")}</h2>
          {found.rows.length === 0 ? (
            <EmptyState icon="message" title={t("none")} />
          ) : (
            <ul className="max-w-text divide-y divide-line border-line border-y">
              {found.rows.map((row) => (
                <li key={row.id} className="py-3">
                  <TextLink
                    href={{
                      pathname: "/[municipality]/newsletters/[newsletter]",
                      params: { municipality: slug, newsletter: row.id },
                    }}
                  >
                    {wordsIn(locale, row).title}
                  </TextLink>
                  {row.sentAt && (
                    <p className="text-base text-ink-soft">
                      <InstantText value={row.sentAt} />
                    </p>
                  )}
                </li>
              ))}
            </ul>
          )}
          <Pagination
            page={found.page}
            pages={found.pages}
            hrefOf={(pagina) => ({
              ...{ pathname: "/[municipality]/newsletters" as const, params: { municipality: slug } },
              query: { pagina },
            })}
          />
          <FeedLinks municipality={slug} kind="newsletter" />
        </section>
      </div>
    </>
  );
}
