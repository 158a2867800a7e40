import { useTranslations } from "next-intl";
import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";
import { Italian } from "@/components/ui/italian";
import { TextLink } from "@/components/ui/link";

/** The help of a neighbourhood house, offered on every screen; those of the district first. */
export function HouseHelp({
  municipality,
  houses,
  district,
  framed = true,
}: {
  municipality: string;
  houses: readonly { id: string; slug: string; name: string; address: string; district: number | null }[];
  district: number | null;
  /** Not where it stands in a column of its own. */
  framed?: boolean;
}) {
  const t = useTranslations("propose.help");
  if (houses.length === 0) return null;
  const near = houses.filter((house) => district !== null && house.district === district);
  return (
    <aside
      aria-labelledby="help"
      className={classNames(
        "max-w-form space-y-2 print:hidden",
        framed && "rounded-smooth border border-line bg-sunken p-5",
      )}
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
