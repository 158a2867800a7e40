import { useTranslations } from "next-intl";
import { Italian } from "@/components/ui/italian";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import type { MergedProposal, Merges } from "./merges-queries";

/** Where a merged proposal goes on, and which ones this has taken in: their authors, adhesions and comments stay theirs. */
export function Merged({ municipality, merges: { into, from } }: { municipality: string; merges: Merges }) {
  const t = useTranslations("proposals.merged");
  const link = ({ id, title, commonsSlug }: MergedProposal) => (
    <TextLink
      href={{
        pathname: "/[municipality]/commons/[commons]",
        params: { municipality, commons: commonsSlug },
        hash: `proposta-${id}`,
      }}
    >
      <Italian>{title}</Italian>
    </TextLink>
  );
  return (
    <>
      {into && (
        <Notice tone="neutral" title={t("into")}>
          <p>{link(into)}</p>
          <p>{t("stays")}</p>
        </Notice>
      )}
      {from.length > 0 && (
        <Notice tone="neutral" title={t("from", { count: from.length })}>
          <ul className="list-disc space-y-1 pl-5">
            {from.map((one) => (
              <li key={one.id}>
                {link(one)}
                {one.subjectName && (
                  <>
                    {" "}
                    · <Italian>{one.subjectName}</Italian>
                  </>
                )}{" "}
                · {t("with", { adhesions: one.adhesions, comments: one.comments })}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}
