import { useLocale, useTranslations } from "next-intl";
import { Icon, type IconName } from "@/components/ui/icon";
import { getPathname, Link } from "@/lib/language/navigation";
import type { Page } from "@/lib/language/routing";
import { LanguageSwitch } from "./language-switch";
import { Navigation } from "./navigation";
import { ThemeSwitch } from "./theme-switch";

export type HeaderMunicipality = { slug: string; name: string };
export type HeaderViewer = { name: string; official: boolean };

/** Who the site belongs to, who is signed in, and the way to the main pages. */
export function Header({
  municipality,
  viewer,
}: {
  municipality?: HeaderMunicipality;
  viewer: HeaderViewer | undefined;
}) {
  const t = useTranslations("site");
  return (
    <header className="print:border-b">
      <div className="bg-banner text-on-banner print:hidden">
        <div className="mx-auto flex max-w-page flex-wrap items-center gap-x-2 px-4 text-sm">
          <p className="mr-auto basis-full pt-2 font-semibold sm:basis-auto sm:py-2">
            {municipality ? t("comune", { name: municipality.name }) : t("metropolitanCity")}
          </p>
          <LanguageSwitch />
          <ThemeSwitch />
          <SessionLinks viewer={viewer} />
        </div>
      </div>
      <div className="border-line border-b bg-surface lg:border-b-0">
        <div className="mx-auto max-w-page px-4 py-4">
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
              <Icon name="handshake" size="large" />
              <span>
                Co-City
                {municipality && <span className="font-normal"> {municipality.name}</span>}
              </span>
            </Link>
          </p>
          <p className="text-sm text-ink-soft">{t("tagline")}</p>
        </div>
      </div>
      {municipality && <MunicipalityNavigation municipality={municipality} viewer={viewer} />}
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
  { segment: "verify", page: "/[municipality]/verify", icon: "shield" },
  { segment: "mine", page: "/[municipality]/mine", icon: "person" },
  { segment: "office", page: "/[municipality]/office", icon: "building" },
] as const satisfies readonly { segment: string; page: Page; icon: IconName }[];

function MunicipalityNavigation({
  municipality,
  viewer,
}: {
  municipality: HeaderMunicipality;
  viewer: HeaderViewer | undefined;
}) {
  const t = useTranslations("site.navigation");
  const locale = useLocale();
  const items = sections
    .filter(({ segment }) => segment !== "office" || viewer?.official)
    .map(({ segment, page, icon }) => ({
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

function SessionLinks({ viewer }: { viewer: HeaderViewer | undefined }) {
  const t = useTranslations("site");
  const locale = useLocale();
  const itemClass = "inline-flex min-h-11 items-center gap-2 px-2 underline-offset-4 hover:underline";
  if (!viewer)
    return (
      <Link prefetch={false} href="/sign-in" className={itemClass}>
        <Icon name="sign-in" size="small" />
        {t("signIn")}
      </Link>
    );
  return (
    <>
      <span className="inline-flex min-h-11 items-center gap-2 px-2">
        <Icon name="person" size="small" />
        {viewer.name}
      </span>
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
