import { useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/link";

/** What councillors and newspapers ask, each answered behind one link. */
export function Questions({ municipality, al }: { municipality: string; al: string | undefined }) {
  const t = useTranslations("controlRoom");
  const views = {
    stopped: { hash: "fermi" },
    slow: { hash: "passi" },
    district: { query: { per: "district" }, hash: "somme" },
    commons: { query: { per: "commons" }, hash: "somme" },
    payee: { query: { per: "payee" }, hash: "somme" },
    fund: { query: { per: "fund" }, hash: "somme" },
    paid: { query: { stato: "paid" }, hash: "pagamenti" },
    returned: { query: { stato: "returned" }, hash: "pagamenti" },
    ending: { hash: "patti" },
  } as const;
  return (
    <section className="space-y-4 print:hidden">
      <h2>{t("questions")}</h2>
      <ul className="gap-x-8 space-y-2 md:columns-2">
        {(Object.keys(views) as (keyof typeof views)[]).map((name) => {
          const { hash, ...view } = { query: {}, ...views[name] };
          return (
            <li key={name}>
              <TextLink
                href={{
                  pathname: "/[municipality]/control-room",
                  params: { municipality },
                  query: { ...view.query, ...(al && { al }) },
                  hash,
                }}
              >
                {t(`ask.${name}`)}
              </TextLink>
            </li>
          );
        })}
        <li>
          <TextLink href={{ pathname: "/[municipality]/funds", params: { municipality } }}>
            {t("ask.late")}
          </TextLink>
        </li>
      </ul>
    </section>
  );
}
