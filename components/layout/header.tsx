import { useLocale, useTranslations } from "next-intl";
import { Icon, type IconName } from "@/components/ui/icon";
import { getPathname, Link } from "@/lib/language/navigation";
import type { Page } from "@/lib/language/routing";
import { LanguageSwitch } from "./language-switch";
import { Navigation } from "./navigation";
import { SearchForm } from "./search-form";
import { ThemeSwitch } from "./theme-switch";

export type HeaderMunicipality = { slug: string; name: string };
/** A coat of arms, in the size that is shown and in twice that. */
export type HeaderEmblem = {
  src: string;
  srcTwice: string;
  width: number;
  height: number;
  alternativeText: string;
};
export type HeaderViewer = { name: string; official: boolean /** Notifications not read. */; unread: number };

/** The public body that the pages' own body is part of: all municipalities here are of the Metropolitan City of Turin. */
const PARENT_SITE = "https://www.cittametropolitana.torino.it/";

/** Whose site it is and of which larger body, who is signed in, and the way to the main pages. */
export function Header({
  municipality,
  emblem,
  viewer,
}: {
  municipality?: HeaderMunicipality;
  emblem?: HeaderEmblem | undefined;
  viewer: HeaderViewer | undefined;
}) {
  const t = useTranslations("site");
  return (
    <header className="print:border-b">
      <div className="bg-banner text-on-banner print:hidden">
        <div className="mx-auto flex max-w-page flex-wrap items-center gap-x-2 px-4 text-sm">
          <a
            href={PARENT_SITE}
            rel="noopener"
            className="mr-auto inline-flex min-h-11 basis-full items-center font-semibold underline-offset-4 hover:underline sm:basis-auto"
          >
            {t("metropolitanCity")}
          </a>
          <LanguageSwitch />
          <ThemeSwitch />
          <SessionLinks viewer={viewer} municipality={municipality} />
        </div>
      </div>
      <div className="border-line border-b bg-surface lg:border-b-0">
        <div className="mx-auto flex max-w-page flex-wrap items-center justify-between gap-x-8 gap-y-3 px-4 py-4">
          <div>
            <p className="font-bold text-2xl leading-none">
              <Link
                prefetch={false}
                href={
                  municipality
                    ? { pathname: "/[municipality]", params: { municipality: municipality.slug } }
                    : "/"
                }
                className="inline-flex min-h-11 items-center gap-3"
              >
                {emblem ? (
                  <picture className="shrink-0">
                    <img
                      src={emblem.src}
                      srcSet={`${emblem.srcTwice} 2x`}
                      width={emblem.width}
                      height={emblem.height}
                      alt={emblem.alternativeText}
                      lang="it"
                      className="h-12 w-auto sm:h-16"
                    />
                  </picture>
                ) : (
                  <Icon name="handshake" size="large" />
                )}
                <span className="wrap-anywhere">
                  {municipality ? t("comune", { name: municipality.name }) : "Co-City"}
                </span>
              </Link>
            </p>
            <p className="text-sm text-ink-soft">
              {municipality ? `Co-City · ${t("tagline")}` : t("tagline")}
            </p>
          </div>
          {municipality && (
            <div className="w-full print:hidden sm:w-72">
              <SearchForm municipality={municipality.slug} />
            </div>
          )}
        </div>
      </div>
      {municipality && <MunicipalityNavigation municipality={municipality} />}
    </header>
  );
}

const sections = [
  { segment: "commons", page: "/[municipality]/commons", icon: "leaf" },
  { segment: "calls", page: "/[municipality]/calls", icon: "idea" },
  { segment: "rounds", page: "/[municipality]/rounds", icon: "ballot" },
  { segment: "pacts", page: "/[municipality]/pacts", icon: "handshake" },
  { segment: "funds", page: "/[municipality]/funds", icon: "euro" },
  { segment: "houses", page: "/[municipality]/houses", icon: "house" },
] as const satisfies readonly { segment: string; page: Page; icon: IconName }[];

function MunicipalityNavigation({ municipality }: { municipality: HeaderMunicipality }) {
  const t = useTranslations("site.navigation");
  const locale = useLocale();
  const items = sections.map(({ segment, page, icon }) => ({
    segment,
    label: t(segment),
    icon: <Icon name={icon} />,
    href: getPathname({ locale, href: { pathname: page, params: { municipality: municipality.slug } } }),
  }));
  return (
    <Navigation
      items={items}
      label={t("label")}
      menu={
        <>
          <Icon name="menu" />
          {t("menu")}
        </>
      }
    />
  );
}

function SessionLinks({
  viewer,
  municipality,
}: {
  viewer: HeaderViewer | undefined;
  municipality: HeaderMunicipality | undefined;
}) {
  const t = useTranslations("site");
  const locale = useLocale();
  const itemClass = "inline-flex min-h-11 items-center gap-2 px-2 underline-offset-4 hover:underline";
  if (!viewer)
    return (
      <Link prefetch={false} href="/sign-in" className={itemClass} data-element="personal-area-login">
        <Icon name="sign-in" size="small" />
        {t("signIn")}
      </Link>
    );
  const params = { municipality: municipality?.slug ?? "" };
  const name = (
    <>
      <Icon name="person" size="small" />
      {viewer.name}
    </>
  );
  return (
    <>
      {municipality ? (
        <Link
          prefetch={false}
          href={{ pathname: "/[municipality]/mine", params }}
          className={itemClass}
          data-element="personal-area-login"
        >
          {name}
          <span className="sr-only">: {t("navigation.mine")}</span>
        </Link>
      ) : (
        <span className="inline-flex min-h-11 items-center gap-2 px-2">{name}</span>
      )}
      {municipality && (
        <Link
          prefetch={false}
          href={{ pathname: "/[municipality]/mine/notifications", params }}
          className={itemClass}
        >
          <Icon name="bell" size="small" />
          {viewer.unread > 0 ? (
            <>
              <span aria-hidden="true">{Math.min(viewer.unread, 99)}</span>
              <span className="sr-only">{t("unread", { count: viewer.unread })}</span>
            </>
          ) : (
            <span className="sr-only">{t("noUnread")}</span>
          )}
        </Link>
      )}
      {municipality && viewer.official && (
        <Link prefetch={false} href={{ pathname: "/[municipality]/office", params }} className={itemClass}>
          <Icon name="building" size="small" />
          {t("navigation.office")}
        </Link>
      )}
      <form action="/api/sign-out" method="post">
        <input type="hidden" name="language" value={locale} />
        <button type="submit" className={itemClass}>
          <Icon name="sign-out" size="small" />
          {t("signOut")}
        </button>
      </form>
    </>
  );
}
