import { getLocale, getTranslations } from "next-intl/server";
import { ActionButton } from "@/components/ui/action-button";
import { Disclosure } from "@/components/ui/disclosure";
import { EmptyState } from "@/components/ui/empty-state";
import { FieldsForm } from "@/components/ui/fields-form";
import { Notice } from "@/components/ui/notice";
import { PrintButton } from "@/components/ui/print-button";
import { datePhrases } from "@/lib/phrases";
import { discardPasskey, proposeOwnPasskey, withdrawOwnPasskey } from "./actions";
import { CodeForm } from "./code-form";
import { OwnCode } from "./own-code";
import { PasskeyState } from "./passkey-state";
import type { PasskeyView } from "./queries";

/** Every key of a person with what comes next for it. */
export async function OwnKeys({
  keys,
  signs,
}: {
  keys: readonly PasskeyView[];
  /** Whether the person holds an office and has a key that counts: they propose and withdraw with it. */
  signs: boolean;
}) {
  const t = await getTranslations("passkeys");
  if (keys.length === 0) return <EmptyState icon="lock" title={t("none")} />;
  const counting = keys.filter(({ phase }) => phase === "counting");
  return (
    <ul className="max-w-form divide-y divide-line border-line border-y">
      {keys.map((key) => (
        <OneKey
          key={key.id}
          passkey={key}
          signs={signs}
          isLast={counting.length === 1 && key.phase === "counting"}
        />
      ))}
    </ul>
  );
}

async function OneKey({ passkey, signs, isLast }: { passkey: PasskeyView; signs: boolean; isLast: boolean }) {
  const [t, locale] = await Promise.all([getTranslations("passkeys"), getLocale()]);
  const { id, phase, facts, since, countsFrom, trial, resident } = passkey;
  const hidden = { command: crypto.randomUUID(), id };
  const isOpen = phase === "offered" || phase === "proposed";
  return (
    <li className="space-y-4 py-4">
      <p id={`key-${id}`} className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <PasskeyState phase={phase} {...(countsFrom && { countsFrom })} />
        <span>{t("since", datePhrases("date", since, locale))}</span>
        {trial && <span className="text-base text-ink-soft">{t("trial")}</span>}
      </p>
      {isOpen && (
        <>
          <p>
            {t(
              `next.${resident ? (phase === "offered" ? "offeredParty" : "proposedParty") : phase === "offered" && signs ? "offeredOwn" : phase}`,
            )}
          </p>
          {phase === "offered" && signs && !resident ? (
            <CodeForm
              id={`propose-own-${id}`}
              action={proposeOwnPasskey}
              hidden={hidden}
              facts={facts}
              compared={t("comparedOwn")}
              submitLabel={t("proposeOwn")}
            />
          ) : (
            <OwnCode id={id} facts={facts} />
          )}
          <p className="flex flex-wrap items-center gap-4 print:hidden">
            <PrintButton />
            <span className="text-base text-ink-soft">{t("printHint")}</span>
          </p>
        </>
      )}
      {phase === "offered" && (
        <ActionButton action={discardPasskey} fields={{ id }} icon="trash" describedBy={`key-${id}`}>
          {t("discard")}
        </ActionButton>
      )}
      {(signs || resident) && phase !== "offered" && phase !== "withdrawn" && (
        <Disclosure label={t("withdraw")} icon="x-circle" quiet>
          <div className="space-y-3">
            <p>{t("withdrawText")}</p>
            {isLast && <Notice tone="warning">{t("withdrawLast")}</Notice>}
            <FieldsForm
              id={`withdraw-${id}`}
              action={withdrawOwnPasskey}
              hidden={hidden}
              fields={[]}
              submitLabel={t("withdraw")}
              submitIcon="x-circle"
              look="danger"
            />
          </div>
        </Disclosure>
      )}
    </li>
  );
}
