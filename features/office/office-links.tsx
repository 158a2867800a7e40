import { useTranslations } from "next-intl";
import { Icon, type IconName } from "@/components/ui/icon";
import { TextLink } from "@/components/ui/link";
import { can, type Permission, type Viewer } from "@/lib/permissions";

const pages = [
  { label: "calls", icon: "document", pathname: "/[municipality]/office/calls", needs: "calls:publish" },
  { label: "proposals", icon: "idea", pathname: "/[municipality]/office/proposals" },
  { label: "rounds", icon: "ballot", pathname: "/[municipality]/office/rounds" },
  { label: "codesign", icon: "people", pathname: "/[municipality]/office/co-design" },
  { label: "pacts", icon: "handshake", pathname: "/[municipality]/pacts" },
  { label: "houses", icon: "house", pathname: "/[municipality]/houses", needs: "houses:edit" },
  { label: "funds", icon: "euro", pathname: "/[municipality]/funds" },
  {
    label: "pictures",
    icon: "eye",
    pathname: "/[municipality]/office/pictures",
    needs: "pictures:moderate",
  },
  {
    label: "moderation",
    icon: "message",
    pathname: "/[municipality]/office/moderation",
    needs: "comments:decideAppeal",
  },
  { label: "lines", icon: "list", pathname: "/[municipality]/office/lines" },
  {
    label: "treasury",
    icon: "download",
    pathname: "/[municipality]/office/treasury",
    needs: "treasury:inspect",
  },
  { label: "roll", icon: "person", pathname: "/[municipality]/office/roll", needs: "roll:change" },
  {
    label: "register",
    icon: "seal",
    pathname: "/[municipality]/office/register",
    needs: "offices:confirm",
  },
  {
    label: "signatures",
    icon: "handshake",
    pathname: "/[municipality]/office/signatures",
    needs: "papers:confirm",
  },
  { label: "passkeys", icon: "lock", pathname: "/[municipality]/mine/keys" },
  { label: "registerPublic", icon: "eye", pathname: "/[municipality]/register" },
  {
    label: "settings",
    icon: "tools",
    pathname: "/[municipality]/office/settings",
    needs: "municipality:confirmSettings",
  },
  {
    label: "firstHour",
    icon: "check-circle",
    pathname: "/[municipality]/office/first-hour",
    needs: "site:manage",
  },
  { label: "profile", icon: "edit", pathname: "/[municipality]/office/profile", needs: "site:manage" },
  { label: "houses", icon: "house", pathname: "/[municipality]/office/houses", needs: "site:manage" },
  { label: "map", icon: "map", pathname: "/[municipality]/office/map", needs: "site:manage" },
  { label: "participation", icon: "person", pathname: "/[municipality]/participation", needs: "site:manage" },
  {
    label: "newsletters",
    icon: "send",
    pathname: "/[municipality]/office/newsletters",
    needs: "site:manage",
  },
  { label: "feedback", icon: "star", pathname: "/[municipality]/office/feedback", needs: "site:manage" },
] as const satisfies readonly {
  label: string;
  icon: IconName;
  pathname: string;
  needs?: Permission;
}[];

/** The pages an office works with, those of others left out. */
export function OfficeLinks({
  municipality,
  viewer,
}: {
  municipality: { slug: string; istatCode: string };
  viewer: Viewer;
}) {
  const t = useTranslations("office");
  return (
    <ul className="grid gap-x-6 sm:grid-cols-2 lg:grid-cols-4">
      {pages
        .filter((page) => !("needs" in page) || can(viewer, municipality.istatCode, page.needs))
        .map(({ label, icon, pathname }) => (
          <li key={label}>
            <TextLink
              href={{ pathname, params: { municipality: municipality.slug } }}
              className="inline-flex min-h-11 items-center gap-2"
            >
              <Icon name={icon} />
              {t(label)}
            </TextLink>
          </li>
        ))}
    </ul>
  );
}
