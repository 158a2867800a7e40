import { useLocale, useTranslations } from "next-intl";
import { LedgerMark } from "@/components/ledger-mark";
import { DateText, InstantText } from "@/components/ui/date-text";
import { DemoMark } from "@/components/ui/demo-mark";
import { Disclosure } from "@/components/ui/disclosure";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { Identifier } from "@/components/ui/identifier";
import { PlainLink } from "@/components/ui/link";
import { Timeline, TimelineStep } from "@/components/ui/timeline";
import { stepIcon } from "@/features/workflow/rules";
import { formatNumber } from "@/lib/format";
import { datePhrases } from "@/lib/phrases";
import { stepSentence } from "./step-words";
import type { ThreadStep } from "./thread-queries";

/** The dated steps of a commons, each with who, under which act, and where the ledger has it. */
export function ThreadView({ municipality, steps }: { municipality: string; steps: readonly ThreadStep[] }) {
  const t = useTranslations("thread");
  if (steps.length === 0)
    return (
      <EmptyState icon="clock" title={t("empty")}>
        {t("emptyText")}
      </EmptyState>
    );
  return (
    <Timeline>
      {steps.map((step) => (
        <TimelineStep
          key={step.transactionId}
          id={`tx-${step.transactionId.slice(0, 12)}`}
          icon={stepIcon(step.name)}
          date={step.day}
          title={<Sentence step={step} />}
        >
          <By step={step} />
          {step.act && <ActLine act={step.act} href={step.actHref} />}
          <div className="flex flex-wrap items-start gap-x-6">
            <LedgerMark
              municipality={municipality}
              status={{ state: "recorded", block: Number(step.block), transaction: step.transactionId }}
            />
            <LedgerDetails step={step} />
          </div>
        </TimelineStep>
      ))}
    </Timeline>
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
  const words = {
    name: step.official,
    role: role(step.role as Parameters<typeof role>[0]),
    organisation: organisation(step.organisation as Parameters<typeof organisation>[0]),
  };
  return (
    <p className="flex gap-2 text-base">
      <span className="pt-0.5">
        <Icon name="person" size="small" />
      </span>
      {step.role === "resident" ? t("byResident") : t(step.official ? "by" : "byOffice", words)}
    </p>
  );
}

function ActLine({ act, href }: { act: NonNullable<ThreadStep["act"]>; href: string | null }) {
  const t = useTranslations("acts");
  const locale = useLocale();
  const { number, body } = act;
  const kind = t(`kind.${act.kind}` as Parameters<typeof t>[0]);
  return (
    <p className="flex gap-2 text-base">
      <span className="pt-0.5">
        <Icon name="seal" size="small" />
      </span>
      <span>
        {t("line", { kind, number, ...datePhrases("date", act.date, locale), body })}
        {href && (
          <>
            {" — "}
            <PlainLink href={href}>{t("file")}</PlainLink>
          </>
        )}
      </span>
    </p>
  );
}

function LedgerDetails({ step }: { step: ThreadStep }) {
  const t = useTranslations("thread");
  const locale = useLocale();
  return (
    <Disclosure quiet label={t("details")}>
      <dl className="grid text-base gap-x-4 sm:grid-cols-[11rem_1fr] print:text-sm">
        <dt className="text-ink-soft">{t("transaction")}</dt>
        <dd>
          <Identifier value={step.transactionId} />
        </dd>
        {/* Both stand above already: on paper once is enough. */}
        <dt className="text-ink-soft print:hidden">{t("block")}</dt>
        <dd className="print:hidden">{formatNumber(BigInt(step.block), locale)}</dd>
        <dt className="text-ink-soft print:hidden">{t("day")}</dt>
        <dd className="print:hidden">
          <DateText value={step.day} />
        </dd>
        <dt className="text-ink-soft">{t("statedTime")}</dt>
        <dd>
          <InstantText value={step.statedTime} />
        </dd>
      </dl>
    </Disclosure>
  );
}
