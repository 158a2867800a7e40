import { useTranslations } from "next-intl";
import { DateText } from "@/components/ui/date-text";
import { DefinitionList } from "@/components/ui/definition-list";
import { PlainLink, TextLink } from "@/components/ui/link";
import { dayInItaly } from "@/lib/local-time";
import { type Dataset, type Distribution, licence } from "./datasets";

/** What there is to download: what it is, when it changed last, and each file. */
export function DatasetList({
  municipality,
  datasets,
}: {
  municipality: string;
  datasets: readonly Dataset[];
}) {
  const t = useTranslations("openData");
  return datasets.map(({ id, modified, distributions }) => (
    <section key={id} id={id} aria-labelledby={`${id}-title`} className="space-y-3 border-line border-t pt-6">
      <h2 id={`${id}-title`}>{t(`datasets.${id}.title`)}</h2>
      <p className="max-w-text">{t(`datasets.${id}.text`)}</p>
      {id === "grants" && (
        <p>
          <TextLink href={{ pathname: "/[municipality]/grants", params: { municipality } }}>
            {t("readGrants")}
          </TextLink>
        </p>
      )}
      <DefinitionList
        items={[
          { term: t("modified"), description: <DateText value={dayInItaly(modified)} /> },
          { term: t("licence"), description: <PlainLink href={licence.url}>{licence.name}</PlainLink> },
          {
            term: t("files"),
            description: (
              <ul className="space-y-1">
                {distributions.map((distribution) => (
                  <li key={distribution.path}>
                    <FileLink dataset={id} distribution={distribution} />
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
      />
    </section>
  ));
}

function FileLink({ dataset, distribution }: { dataset: Dataset["id"]; distribution: Distribution }) {
  const t = useTranslations("openData");
  const { format, path, of } = distribution;
  const part = dataset === "contracting" && of ? t(`packages.${of as "releases"}`) : of;
  const name = part ? `${t(`datasets.${dataset}.title`)}, ${part}` : t(`datasets.${dataset}.title`);
  return (
    <PlainLink href={path} icon="download">
      {t("file", { name, format: t(`formats.${format}`) })}
    </PlainLink>
  );
}
