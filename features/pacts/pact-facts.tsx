import { useLocale, useTranslations } from "next-intl";
import { DateText } from "@/components/ui/date-text";
import { DefinitionList } from "@/components/ui/definition-list";
import { Disclosure } from "@/components/ui/disclosure";
import { Identifier } from "@/components/ui/identifier";
import { Italian } from "@/components/ui/italian";
import { PlainLink, TextLink } from "@/components/ui/link";
import { formatList } from "@/lib/format";
import { datePhrases } from "@/lib/phrases";
import { sections } from "./content";
import type { PactView } from "./queries";
import type { PactLink } from "./renewal-queries";

/** What is looked up of a pact: where, until when, whether people are insured. */
export function PactFacts({
  municipality,
  pact,
  renewals,
}: {
  municipality: string;
  pact: PactView;
  renewals: { earlier?: PactLink; later?: PactLink };
}) {
  const t = useTranslations("pacts");
  const locale = useLocale();
  const { insurance, safetyBriefing, form } = pact.record;
  return (
    <DefinitionList
      beside
      items={[
        {
          term: t("commons"),
          description: (
            <TextLink
              href={{
                pathname: "/[municipality]/commons/[commons]",
                params: { municipality, commons: pact.commons.slug },
              }}
            >
              <Italian>{pact.commons.name}</Italian>
            </TextLink>
          ),
        },
        { term: t("form"), description: t(`forms.${form}`) },
        {
          term: t("term"),
          description: (
            <>
              {t.rich("fromTo", {
                from: () => <DateText value={pact.startsOn} form="From" />,
                to: () => <DateText value={pact.endsOn} form="To" />,
              })}
            </>
          ),
        },
        {
          term: t("insurance"),
          description: insurance
            ? t("insuredUntil", datePhrases("day", insurance.validUntil, locale))
            : t("missing"),
        },
        {
          term: t("briefing"),
          description: safetyBriefing
            ? t("briefedOn", datePhrases("day", safetyBriefing.heldOn, locale))
            : t("missing"),
        },
        ...(["earlier", "later"] as const).flatMap((which) => {
          const other = renewals[which];
          const params = { municipality, pact: other?.slug ?? "" };
          return other
            ? [
                {
                  term: t(which === "earlier" ? "renews" : "renewedBy"),
                  description: (
                    <TextLink href={{ pathname: "/[municipality]/pacts/[pact]", params }}>
                      <Italian>{other.title}</Italian>
                    </TextLink>
                  ),
                },
              ]
            : [];
        }),
      ]}
    />
  );
}

/** Who has promised what to whom: the parties, the words and their versions. */
export function PactWords({ pact }: { pact: PactView }) {
  const t = useTranslations("pacts");
  const roles = useTranslations("roles");
  const locale = useLocale();
  return (
    <>
      <section className="space-y-3">
        <h2>{t("parties")}</h2>
        <ul className="list-disc space-y-1 pl-5">
          {pact.parties.map(({ id, name, signedOn, means, witnesses }) => (
            <li key={id}>
              <strong>{name}</strong>:{" "}
              {signedOn ? t("signed", datePhrases("day", signedOn, locale)) : t("notSigned")}
              {means === "passkey" && `, ${t("byPasskey")}`}
              {means === "paper" &&
                `, ${t("onPaper", {
                  witnesses: formatList(
                    witnesses.map((one) => t("witness", { name: one.name, role: roles(one.role) })),
                    locale,
                  ),
                })}`}
            </li>
          ))}
        </ul>
      </section>
      <Disclosure label={t("text")} icon="document">
        <div className="max-w-text space-y-4">
          {sections.map((section) => {
            const text = pact.content[section];
            return text ? (
              <section key={section}>
                <h3>{t(`sections.${section}`)}</h3>
                <p className="whitespace-pre-line font-serif">{text}</p>
              </section>
            ) : null;
          })}
        </div>
      </Disclosure>
      <section className="space-y-3">
        <h2>{t("versions")}</h2>
        <ul className="space-y-3">
          {pact.versions.map(({ version, documentHash, href }) => (
            <li key={version}>
              <p>
                {t("version", { version })}{" "}
                {href && (
                  <PlainLink href={href} icon="document">
                    {t("openPdf")}
                  </PlainLink>
                )}
              </p>
              <p className="text-base text-ink-soft">
                {t("hash")}: <Identifier value={documentHash} />
              </p>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
