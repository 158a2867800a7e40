import { useLocale, useTranslations } from "next-intl";
import { DefinitionList } from "@/components/ui/definition-list";
import { Identifier } from "@/components/ui/identifier";
import { TextLink } from "@/components/ui/link";
import type { RoundView } from "@/features/rounds/queries";
import { ballotsAreTold } from "@/features/rounds/rules";
import { formatNumber } from "@/lib/format";
import { OneMachine } from "./one-machine";
import type { RoundNumbers, Sealing } from "./queries";

/** What is promised in a sealed round, by whom, and its numbers so far. */
export function Secrecy({
  municipality,
  round,
  sealing,
  numbers,
}: {
  /** Its slug. */
  municipality: string;
  round: RoundView;
  sealing: Sealing;
  numbers: RoundNumbers;
}) {
  const t = useTranslations("sealedPages.secrecy");
  const organisations = useTranslations("organisations");
  const locale = useLocale();
  const number = (value: number) => formatNumber(value, locale);
  const { list } = sealing;
  const unopened = (list?.areas ?? []).reduce((sum, { ballots, opened }) => sum + (opened ? 0 : ballots), 0);
  const names = (list: readonly ("Comune" | "Case" | "Garanti")[]) =>
    list.map((name) => organisations(name)).join(", ");
  return (
    <div className="space-y-10">
      <section className="max-w-text space-y-3">
        <h2>{t("promised")}</h2>
        <OneMachine />
        <p className="text-lg">{t("promise1")}</p>
        <p>{t("fails")}</p>
        <p>{t("known")}</p>
        <p>{t("known2")}</p>
      </section>
      <section className="max-w-text space-y-3">
        <h2>{t("not")}</h2>
        <ul className="list-disc space-y-1 pl-6">
          <li>{t("not1")}</li>
          <li>{t("not2")}</li>
          <li>{t("not3")}</li>
          <li>{t("not4")}</li>
        </ul>
      </section>
      <section className="max-w-text space-y-3">
        <h2>{t("steps")}</h2>
        <ol className="list-decimal space-y-2 pl-6">
          <li>{t("step1")}</li>
          <li>{t("step2")}</li>
          <li>{t("step3")}</li>
          <li>{t("step4", { count: sealing.groupSize })}</li>
          <li>{t("step5")}</li>
          <li>{t("step6")}</li>
        </ol>
      </section>
      <section className="space-y-3">
        <h2>{t("numbers")}</h2>
        <DefinitionList
          items={[
            { term: t("roll"), description: number(round.rollSize) },
            {
              term: t("areas"),
              description: list
                ? t("opened", {
                    opened: number(list.areas.filter(({ opened }) => opened).length),
                    areas: number(list.areas.length),
                  })
                : number(sealing.areas.length),
            },
            { term: t("group"), description: number(sealing.groupSize) },
            { term: t("grace"), description: t("minutes", { count: sealing.graceMinutes }) },
            { term: t("notice"), description: t("hours", { count: sealing.noticeHours }) },
            {
              term: t("issued"),
              description:
                numbers.issued.length === 0
                  ? t("noneTold")
                  : numbers.issued
                      .map(({ organisation, count }) =>
                        t("issuedBy", { organisation: organisations(organisation), count: number(count) }),
                      )
                      .join("; "),
            },
            ...(numbers.recorded === null
              ? []
              : [{ term: t("recorded"), description: number(numbers.recorded) }]),
            ...(list
              ? [
                  { term: t("final"), description: number(list.count) },
                  { term: t("superseded"), description: number(list.superseded) },
                  { term: t("unopened"), description: number(unopened) },
                ]
              : []),
            { term: t("issuers"), description: names(["Comune", "Case", "Garanti"]) },
            {
              term: t("custodians"),
              description: names(sealing.trustees.map(({ organisation }) => organisation)),
            },
            { term: t("carriers"), description: names(["Comune", "Case", "Garanti"]) },
            { term: t("digest"), description: <Identifier value={round.record.frozenDigest} /> },
            { term: t("program"), description: <Identifier value={sealing.bundle} /> },
            ...(list ? [{ term: t("root"), description: <Identifier value={list.root} /> }] : []),
          ]}
        />
      </section>
      <section className="max-w-text space-y-3">
        <h2>{t("recount")}</h2>
        <p>{t("recountText")}</p>
        {ballotsAreTold(round.state) && (
          <p>
            <TextLink
              href={{
                pathname: "/[municipality]/rounds/[round]/verify",
                params: { municipality, round: round.slug },
              }}
            >
              {t("recountHere")}
            </TextLink>
          </p>
        )}
      </section>
    </div>
  );
}
