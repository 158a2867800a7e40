import { useLocale, useTranslations } from "next-intl";
import { DateText } from "@/components/ui/date-text";
import { DefinitionList } from "@/components/ui/definition-list";
import { Italian } from "@/components/ui/italian";
import { TextLink } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { formatCoordinate, formatNumber } from "@/lib/format";
import type { OfficeProposal } from "./office-queries";

/** What an office looks up while it reads a proposal. */
export function OfficeFacts({ municipality, proposal }: { municipality: string; proposal: OfficeProposal }) {
  const t = useTranslations("assessment");
  const commons = useTranslations("commons");
  const kind = useTranslations("states.kind");
  const subjectKind = useTranslations("propose.subject.kinds");
  const locale = useLocale();
  const { call, subject, commons: place } = proposal;
  const known = proposal.state !== "submitted";
  return (
    <DefinitionList
      items={[
        {
          term: t("call"),
          description: (
            <TextLink
              href={{ pathname: "/[municipality]/calls/[call]", params: { municipality, call: call.slug } }}
            >
              <Italian>{call.title}</Italian>
            </TextLink>
          ),
        },
        {
          term: t("commons"),
          description: (
            <>
              <Italian>{place.name}</Italian> ({kind(place.kind as Parameters<typeof kind>[0])})
              {known && (
                <>
                  {" — "}
                  <TextLink
                    href={{
                      pathname: "/[municipality]/commons/[commons]",
                      params: { municipality, commons: place.slug },
                    }}
                  >
                    {t("seeThread")}
                  </TextLink>
                </>
              )}
            </>
          ),
        },
        {
          term: t("place"),
          description:
            [
              place.address,
              place.district && commons("districtName", { number: place.district }),
              place.lat !== null &&
                place.lon !== null &&
                t("position", {
                  lat: formatCoordinate(place.lat, locale),
                  lon: formatCoordinate(place.lon, locale),
                }),
            ]
              .filter(Boolean)
              .join(", ") || "–",
        },
        {
          term: t("subject"),
          description: `${subject.name} (${subjectKind(subject.kind as Parameters<typeof subjectKind>[0])})`,
        },
        ...(subject.email ? [{ term: t("email"), description: subject.email }] : []),
        { term: t("cost"), description: <Money cents={proposal.costCents} /> },
        { term: t("submittedOn"), description: <DateText value={proposal.submittedOn} /> },
        { term: t("version"), description: String(proposal.version) },
        { term: t("adhesions"), description: formatNumber(proposal.adhesions, locale) },
        ...(proposal.score === null
          ? []
          : [{ term: t("score"), description: formatNumber(proposal.score / 100, locale) }]),
      ]}
    />
  );
}
