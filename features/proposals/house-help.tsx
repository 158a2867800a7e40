import { useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import { Italian } from "@/components/ui/italian";
import { TextLink } from "@/components/ui/link";

/** The help of a neighbourhood house, offered on every screen; those of the district first. */
export function HouseHelp({
  municipality,
  houses,
  district,
}: {
  municipality: string;
  houses: readonly { id: string; slug: string; name: string; address: string; district: number | null }[];
  district: number | null;
}) {
  const t = useTranslations("propose.help");
  if (houses.length === 0) return null;
  const near = houses.filter((house) => district !== null && house.district === district);
  return (
    <aside
      aria-labelledby="help"
      className="max-w-form space-y-2 rounded-smooth border border-line bg-sunken p-5 print:hidden"
    >
      <h2 id="help" className="flex items-center gap-2 text-lg">
        <Icon name="house" />
        {t("title")}
      </h2>
      <p className="text-base">{t("text")}</p>
      <ul className="text-base">
        {near.map(({ id, slug, name, address }) => (
          <li key={id} className="py-1">
            <TextLink
              href={{ pathname: "/[municipality]/houses/[house]", params: { municipality, house: slug } }}
            >
              <Italian>{name}</Italian>
            </TextLink>
            <span className="block text-ink-soft">{address}</span>
          </li>
        ))}
      </ul>
      <p className="text-base">
        <TextLink href={{ pathname: "/[municipality]/houses", params: { municipality } }}>
          {t("all")}
        </TextLink>
      </p>
    </aside>
  );
}
