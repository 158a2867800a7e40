import { getTranslations } from "next-intl/server";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { nearestHouse } from "@/features/municipalities/house-queries";

/** Tells a party without a key how they can sign: with one of their own, or on paper at the nearest Casa. */
export async function NeedsKey({
  municipality,
  commons,
}: {
  municipality: { istatCode: string; slug: string };
  /** Id of the commons that the pact is about. */
  commons: string;
}) {
  const [t, house] = await Promise.all([
    getTranslations("papers"),
    nearestHouse(municipality.istatCode, commons),
  ]);
  const params = { municipality: municipality.slug };
  return (
    <Notice tone="warning" title={t("needsKey")}>
      <p>{t("needsKeyText")}</p>
      <ul className="list-disc space-y-1 pl-5">
        <li>
          <TextLink href={{ pathname: "/[municipality]/mine/keys", params }}>{t("makeKey")}</TextLink>
        </li>
        <li>
          {house
            ? t.rich("comeToHouse", {
                house: () => (
                  <TextLink
                    href={{
                      pathname: "/[municipality]/houses/[house]",
                      params: { ...params, house: house.slug },
                    }}
                  >
                    {house.name}
                  </TextLink>
                ),
                address: house.address,
              })
            : t("comeToComune")}
          {house && (
            <>
              {" "}
              <TextLink href={{ pathname: "/[municipality]/houses", params }}>{t("allHouses")}</TextLink>
            </>
          )}
        </li>
      </ul>
    </Notice>
  );
}
