import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { ActionButton } from "@/components/ui/action-button";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar, FilterSelect } from "@/components/ui/filter-bar";
import { TextLink } from "@/components/ui/link";
import { Pagination } from "@/components/ui/pagination";
import { requireMunicipality } from "@/features/municipalities/queries";
import { markAllRead } from "@/features/notifications/actions";
import { RefusedAddress } from "@/features/notifications/address-form";
import { mailMode } from "@/features/notifications/mail-mode-rules";
import { ownAddress } from "@/features/notifications/mail-service";
import { NotificationList } from "@/features/notifications/notification-list";
import { notificationsOf, unreadCount } from "@/features/notifications/queries";
import { kinds } from "@/features/notifications/rules";
import { centreSchema } from "@/features/notifications/schema";
import { signsSomething } from "@/features/passkeys/queries";
import { MineSections } from "@/features/people/mine-sections";
import { getPathname } from "@/lib/language/navigation";
import { requireViewer } from "@/lib/viewer";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("notifications"))("title"), robots: { index: false } };
}

/** What a person was told, newest first. */
export default async function NotificationsPage({
  params,
  searchParams,
}: PageProps<"/[locale]/[municipality]/mine/notifications">) {
  const { istatCode, slug } = await requireMunicipality((await params).municipality);
  const viewer = await requireViewer();
  const filter = centreSchema.parse(await searchParams);
  const now = new Date();
  const [t, mail, address, locale, keys, unread, found] = await Promise.all([
    getTranslations("notifications"),
    getTranslations("notifications.mailPages"),
    mailMode() === "off" ? undefined : ownAddress(viewer),
    getLocale(),
    signsSomething(istatCode, viewer),
    unreadCount(istatCode, viewer),
    notificationsOf(istatCode, viewer, filter),
  ]);
  const { tipo, nuovi } = filter;
  const isFiltered = tipo !== undefined || nuovi !== undefined;
  const here = { pathname: "/[municipality]/mine/notifications", params: { municipality: slug } } as const;
  return (
    <>
      <PageHeading title={t("title")} lead={t("lead")} />
      <MineSections municipality={slug} current="notifications" keys={keys} />
      <div className="space-y-6">
        <RefusedAddress municipality={slug} address={address} />
        <p className="flex flex-wrap gap-x-6 gap-y-2">
          <TextLink
            href={{
              pathname: "/[municipality]/mine/notifications/settings",
              params: { municipality: slug },
            }}
          >
            {t("toSettings")}
          </TextLink>
          {mailMode() === "mailbox" && (
            <TextLink href={{ pathname: "/[municipality]/mine/mailbox", params: { municipality: slug } }}>
              {mail("toMailbox")}
            </TextLink>
          )}
        </p>
        {(found.count > 0 || isFiltered) && (
          <FilterBar action={getPathname({ locale, href: here })} {...(isFiltered && { clear: here })}>
            <FilterSelect
              name="tipo"
              label={t("filterKind")}
              value={tipo}
              options={(["duty", ...kinds] as const).map((kind) => ({
                value: kind,
                label: t(`kind.${kind}`),
              }))}
            />
            <FilterSelect
              name="nuovi"
              label={t("filterNew")}
              value={nuovi}
              options={[{ value: "1", label: t("onlyNew") }]}
            />
          </FilterBar>
        )}
        {found.count === 0 ? (
          <EmptyState
            icon="bell"
            title={t(isFiltered ? "emptyFilter" : "empty")}
            action={
              isFiltered ? (
                <TextLink href={here}>{t("seeAll")}</TextLink>
              ) : (
                <TextLink href={{ pathname: "/[municipality]/commons", params: { municipality: slug } }}>
                  {t("seeCommons")}
                </TextLink>
              )
            }
          >
            {!isFiltered && t("emptyText")}
          </EmptyState>
        ) : (
          <>
            <div className="flex flex-wrap items-center justify-between gap-4">
              <p role="status">{t("count", { count: found.count })}</p>
              {unread > 0 && (
                <ActionButton action={markAllRead} fields={{ until: now.toISOString() }} icon="check">
                  {t("markAllRead")}
                </ActionButton>
              )}
            </div>
            <NotificationList municipality={slug} items={found.items} />
            <Pagination
              page={found.page}
              pages={found.pages}
              hrefOf={(page) => ({
                ...here,
                query: { ...(tipo && { tipo }), ...(nuovi && { nuovi }), pagina: String(page) },
              })}
            />
          </>
        )}
      </div>
    </>
  );
}
