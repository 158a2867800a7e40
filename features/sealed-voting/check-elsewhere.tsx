import { getTranslations } from "next-intl/server";
import { PlainLink } from "@/components/ui/link";
import { env } from "@/lib/env";

/** Where other organisations let people check, from origins of their own. */
export async function CheckElsewhere({ municipality, round }: { municipality: string; round: string }) {
  const t = await getTranslations("sealedPages.checkElsewhere");
  const pages = env.SEALED_CHECK_PAGES.map(
    (page) => new URL(`${page.replace(/\/$/, "")}/${municipality}/${round}`),
  );
  return (
    <section className="max-w-text space-y-3">
      <h2>{t("title")}</h2>
      <p>{t("text")}</p>
      {pages.length === 0 && <p>{t("none")}</p>}
      <ul className="space-y-2">
        {pages.map(({ host, href }) => (
          <li key={href}>
            <PlainLink href={href} icon="external">
              {t("link", { host })}
            </PlainLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
