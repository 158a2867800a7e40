import { useLocale, useTranslations } from "next-intl";
import { DateText } from "@/components/ui/date-text";
import { Disclosure } from "@/components/ui/disclosure";
import { TextLink } from "@/components/ui/link";
import { stepSentence } from "@/features/commons/step-words";
import { ActWords } from "./act-words";
import type { OwnAct } from "./queries";

/** A person's acts, each with its words where this site carried it, and the way to its proof. */
export function OwnActs({
  municipality,
  acts,
  names,
}: {
  municipality: string;
  acts: readonly OwnAct[];
  names: Readonly<Record<string, string>>;
}) {
  const t = useTranslations("signing");
  return (
    <ol className="max-w-form divide-y divide-line border-line border-y">
      {acts.map((one) => (
        <li key={one.transactionId} className="space-y-1 py-3">
          <Sentence act={one} />
          <How act={one} />
          {one.act && (
            <Disclosure quiet label={t("showWords")}>
              <ActWords id={one.transactionId} text={one.act} known={{ names }} />
            </Disclosure>
          )}
          <TextLink
            href={{
              pathname: "/[municipality]/verify/[transaction]",
              params: { municipality, transaction: one.transactionId },
            }}
            aria-describedby={`step-${one.transactionId}`}
            className="inline-flex min-h-11 items-center text-base"
          >
            {t("proof")}
          </TextLink>
        </li>
      ))}
    </ol>
  );
}

function Sentence({ act: { transactionId, transaction, day } }: { act: OwnAct }) {
  const thread = useTranslations("thread");
  const locale = useLocale();
  return (
    <p>
      <DateText value={day} />:{" "}
      <strong id={`step-${transactionId}`}>{stepSentence(thread, locale, transaction, {})}</strong>
    </p>
  );
}

function How({ act: { passkey, carriedBy, role } }: { act: OwnAct }) {
  const t = useTranslations("signing");
  const roles = useTranslations("roles");
  const organisations = useTranslations("organisations");
  return (
    <p className="text-base text-ink-soft">
      {[
        roles(role as Parameters<typeof roles>[0]),
        t(passkey ? "byPasskey" : "byCertificate"),
        carriedBy && t("carriedBy", { organisation: organisations(carriedBy as "Comune") }),
      ]
        .filter(Boolean)
        .join(" · ")}
    </p>
  );
}
