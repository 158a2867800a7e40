import { useTranslations } from "next-intl";
import { Italian } from "@/components/ui/italian";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";

/** On a person's own page: what they check if they have voted. */
export function RoundsToCheck({
  municipality,
  rounds,
}: {
  municipality: string;
  rounds: readonly { slug: string; title: string }[];
}) {
  const t = useTranslations("sealedPages.box");
  if (rounds.length === 0) return null;
  return (
    <Notice title={t("check")}>
      <p>{t("checkText")}</p>
      <ul className="list-disc space-y-1 pl-5">
        {rounds.map(({ slug, title }) => (
          <li key={slug}>
            <TextLink
              href={{
                pathname: "/[municipality]/rounds/[round]/check",
                params: { municipality, round: slug },
              }}
            >
              <Italian>{title}</Italian>
            </TextLink>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
