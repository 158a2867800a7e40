import { useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import { Italian } from "@/components/ui/italian";
import { TextLink } from "@/components/ui/link";

type House = { id: string; slug: string; name: string; address: string };

/** Where somebody helps in person. */
export function HousesNearby({ municipality, houses }: { municipality: string; houses: readonly House[] }) {
  const t = useTranslations("municipality");
  if (houses.length === 0) return null;
  return (
    <section aria-labelledby="houses" className="space-y-4">
      <h2 id="houses">{t("houses")}</h2>
      <p className="max-w-text">{t("housesText")}</p>
      <ul className="grid gap-x-8 sm:grid-cols-2 lg:grid-cols-3">
        {houses.map(({ id, slug, name, address }) => (
          <li key={id} className="flex gap-3 border-line border-b py-3">
            <span className="pt-0.5 text-accent">
              <Icon name="house" />
            </span>
            <span>
              <TextLink
                href={{ pathname: "/[municipality]/houses/[house]", params: { municipality, house: slug } }}
              >
                <Italian>{name}</Italian>
              </TextLink>
              <span className="block text-base text-ink-soft">{address}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
