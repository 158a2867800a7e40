import { useLocale, useTranslations } from "next-intl";
import { DateText } from "@/components/ui/date-text";
import { DemoMark } from "@/components/ui/demo-mark";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon, type IconName } from "@/components/ui/icon";
import { PlainLink, TextLink } from "@/components/ui/link";
import { stepIcon } from "@/features/workflow/rules";
import { formatList, formatNumber } from "@/lib/format";
import { datePhrases } from "@/lib/phrases";
import { type Chapter, type ChapterName, chaptersOf } from "./chapters";
import { stepSentence } from "./step-words";
import type { ThreadStep } from "./thread-queries";

const icons: Record<ChapterName, IconName> = {
  ...{ idea: "idea", assessment: "scale", vote: "ballot", co_design: "people" },
  ...{ pact: "handshake", works: "euro", reports: "document" },
};

/**
 * The story of a commons in chapters: each is closed to the one line that says how it stands, and opens to its dated steps
 * with who, under which act, and the proof.
 * @param steps in the order of the ledger
 */
export function ThreadView({ municipality, steps }: { municipality: string; steps: readonly ThreadStep[] }) {
  const t = useTranslations("thread");
  if (steps.length === 0)
    return (
      <EmptyState icon="clock" title={t("empty")}>
        {t("emptyText")}
      </EmptyState>
    );
  const stories = chaptersOf(steps).toReversed();
  return stories.map((story, index) => (
    <section key={story[0]?.steps[0]?.transactionId} className="space-y-2">
      {stories.length > 1 && <h3 className="pt-2">{t(index === 0 ? "storyNow" : "storyBefore")}</h3>}
      <ol className="max-w-form divide-y divide-line border-line border-y print:max-w-none">
        {story.map((chapter) => (
          <li key={chapter.name}>
            <ChapterView municipality={municipality} chapter={chapter} />
          </li>
        ))}
      </ol>
    </section>
  ));
}

function ChapterView({
  municipality,
  chapter: { name, steps },
}: {
  municipality: string;
  chapter: Chapter<ThreadStep>;
}) {
  const t = useTranslations("thread");
  const [first, last] = [steps[0], steps.at(-1)];
  if (!first || !last) return null;
  return (
    <details className="group">
      <summary className="flex min-h-11 list-none gap-4 py-4 hover:bg-sunken print:py-2">
        <span className="flex size-10 shrink-0 items-center justify-center rounded-pill bg-primary-soft">
          <Icon name={icons[name]} />
        </span>
        <span className="min-w-0 grow">
          <span className="flex flex-wrap items-baseline justify-between gap-x-4">
            <span className="font-bold text-lg">{t(`chapters.${name}`)}</span>
            <span className="text-base text-ink-soft">
              {first.day !== last.day && (
                <>
                  <DateText value={first.day} short /> –{" "}
                </>
              )}
              <DateText value={last.day} short />
            </span>
          </span>
          <span className="block text-base">
            <Sentence step={last} />
          </span>
          <span className="block text-link text-sm underline underline-offset-4 print:hidden">
            {t("openChapter", { count: steps.length })}
          </span>
        </span>
        <span className="inline-flex pt-1 group-open:rotate-180 print:hidden">
          <Icon name="chevron-down" size="small" />
        </span>
      </summary>
      <ol className="ml-5 space-y-5 border-line border-l-2 pb-5 pl-9 print:pl-4">
        {steps.map((step) => (
          <StepView key={step.transactionId} municipality={municipality} step={step} />
        ))}
      </ol>
    </details>
  );
}

function StepView({ municipality, step }: { municipality: string; step: ThreadStep }) {
  const t = useTranslations("thread");
  const locale = useLocale();
  const { transactionId, act, actHref, day, block, name } = step;
  return (
    <li id={`tx-${transactionId.slice(0, 12)}`} className="relative space-y-1 text-base">
      <span
        aria-hidden="true"
        className="absolute -left-9 flex size-6 -translate-x-1/2 items-center justify-center rounded-pill bg-page text-link"
      >
        <Icon name={stepIcon(name)} size="small" />
      </span>
      <p className="text-ink-soft text-sm">
        <DateText value={day} />
      </p>
      <p className="font-semibold">
        <Sentence step={step} />
      </p>
      <p className="text-ink-soft">
        <By step={step} />
        {act && (
          <>
            {" · "}
            <ActLine act={act} href={actHref} />
          </>
        )}
      </p>
      <p className="text-sm">
        <TextLink
          className="inline-flex min-h-6 items-center gap-1"
          href={{
            pathname: "/[municipality]/verify/[transaction]",
            params: { municipality, transaction: transactionId },
          }}
        >
          <Icon name="link" size="small" />
          {t("proof", { block: formatNumber(BigInt(block), locale) })}
        </TextLink>
      </p>
    </li>
  );
}

function Sentence({ step }: { step: ThreadStep }) {
  const t = useTranslations("thread");
  const sentence = stepSentence(t, useLocale(), step.name, step.facts);
  return (
    <>
      {sentence} <DemoMark fictional={step.fictional && sentence.includes("€")} />
    </>
  );
}

function By({ step }: { step: ThreadStep }) {
  const t = useTranslations("thread");
  const role = useTranslations("roles");
  const organisation = useTranslations("organisations");
  const locale = useLocale();
  const words = {
    name: step.official,
    role: role(step.role as Parameters<typeof role>[0]),
    organisation: organisation(step.organisation as Parameters<typeof organisation>[0]),
  };
  if (step.witnesses.length > 0) {
    const witnesses = step.witnesses.map(({ name, role: held }) =>
      t("witness", { name, role: role(held as Parameters<typeof role>[0]) }),
    );
    return t("byResidentOnPaper", { witnesses: formatList(witnesses, locale) });
  }
  if (step.role === "resident") return t(step.ownKey ? "byResidentWithKey" : "byResident");
  return t(step.official ? "by" : "byOffice", words);
}

function ActLine({ act, href }: { act: NonNullable<ThreadStep["act"]>; href: string | null }) {
  const t = useTranslations("acts");
  const locale = useLocale();
  const { number, body } = act;
  const kind = t(`kind.${act.kind}` as Parameters<typeof t>[0]);
  return (
    <>
      {t("line", { kind, number, ...datePhrases("date", act.date, locale), body })}
      {href && (
        <>
          {" — "}
          <PlainLink href={href}>{t("file")}</PlainLink>
        </>
      )}
    </>
  );
}
