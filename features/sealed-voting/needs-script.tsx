import { getTranslations } from "next-intl/server";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";

/** A sealed vote is made on the voter's own device: without scripts a page can only say so, and where help is. */
export async function NeedsScript({ municipality }: { municipality: string }) {
  const t = await getTranslations("sealedPages.noScript");
  return (
    <noscript>
      <Notice tone="warning" title={t("title")}>
        <p>{t("text")}</p>
        <p>
          <TextLink href={{ pathname: "/[municipality]/houses", params: { municipality } }}>
            {t("houses")}
          </TextLink>
        </p>
      </Notice>
    </noscript>
  );
}
