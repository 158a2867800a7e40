import { getLocale, getTranslations } from "next-intl/server";
import { LedgerMark } from "@/components/ledger-mark";
import { DefinitionList } from "@/components/ui/definition-list";
import { FieldsForm } from "@/components/ui/fields-form";
import { PlainLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { formatDate, formatList } from "@/lib/format";
import { datePhrases } from "@/lib/phrases";
import { stopRecovery } from "./actions";
import type { RecoveryView } from "./recovery-queries";

/** Recoveries for everybody to see: who began each, what it changes and from when, and how it is stopped. */
export async function Recoveries({
  municipality,
  recoveries,
  mayStop,
}: {
  /** Slug. */
  municipality: string;
  recoveries: readonly RecoveryView[];
  /** Whether the viewer is in office. */
  mayStop: boolean;
}) {
  const [t, organisations, locale] = await Promise.all([
    getTranslations("register.recovery"),
    getTranslations("organisations"),
    getLocale(),
  ]);
  if (recoveries.length === 0) return <p>{t("none")}</p>;
  return (
    <ul className="max-w-form divide-y divide-line border-line border-y">
      {recoveries.map((recovery) => (
        <li key={recovery.id} className="space-y-4 py-4">
          <Recovery municipality={municipality} recovery={recovery} />
          {recovery.state === "proposed" &&
            (mayStop ? (
              <FieldsForm
                id={`stop-${recovery.id}`}
                action={stopRecovery}
                hidden={{ command: crypto.randomUUID(), id: recovery.id }}
                fields={[{ kind: "area", name: "reason", label: t("reasonField"), rows: 3 }]}
                confirm={{
                  what: "stopRecovery",
                  facts: [
                    { name: "about", value: organisations(recovery.part) },
                    { name: "until", value: formatDate(recovery.completesFrom, locale) },
                  ],
                }}
                submitLabel={t("stop")}
                submitIcon="x-circle"
                look="danger"
              />
            ) : (
              <p>{t("howToStop")}</p>
            ))}
        </li>
      ))}
    </ul>
  );
}

async function Recovery({ municipality, recovery }: { municipality: string; recovery: RecoveryView }) {
  const [t, roles, organisations, acts, locale] = await Promise.all([
    getTranslations("register.recovery"),
    getTranslations("roles"),
    getTranslations("organisations"),
    getTranslations("acts"),
    getLocale(),
  ]);
  const { part, state, signedBy, proposedOn, completesFrom, act, endedOn, stoppedBy, reason } = recovery;
  const day = (value: string) => datePhrases("day", value, locale);
  const held = ({ name, role }: RecoveryView["enters"][number]) =>
    name ? t("held", { name, role: roles(role) }) : roles(role);
  const people = (list: RecoveryView["enters"]) => formatList(list.map(held), locale);
  const { kind, number, date, body } = act;
  const line = acts("line", {
    kind: acts(`kind.${kind}`),
    number,
    body,
    ...datePhrases("date", date, locale),
  });
  return (
    <>
      <h3>{t("of", { organisation: organisations(part) })}</h3>
      {state === "proposed" ? (
        <Notice tone="danger" title={t("underWay", day(completesFrom))} />
      ) : (
        <p>
          {t(state, {
            ...day(endedOn ?? proposedOn),
            by: stoppedBy ? held(stoppedBy) : "",
          })}
        </p>
      )}
      <DefinitionList
        items={[
          {
            term: t("signedBy"),
            description: formatList(
              signedBy.map((one) => organisations(one)),
              locale,
            ),
          },
          { term: t("begun"), description: t("on", day(proposedOn)) },
          {
            term: t("act"),
            description: act.href ? <PlainLink href={act.href}>{line}</PlainLink> : line,
          },
          ...(recovery.enters.length > 0
            ? [{ term: t("enters"), description: people(recovery.enters) }]
            : []),
          ...(recovery.leaves.length > 0
            ? [{ term: t("leaves"), description: people(recovery.leaves) }]
            : []),
          {
            term: t("keys"),
            description: t("keysText", { made: recovery.newKeys, withdrawn: recovery.withdrawnKeys }),
          },
          ...(recovery.origin === undefined ? [] : [{ term: t("origin"), description: recovery.origin }]),
          ...(recovery.renewsRecoveryKey
            ? [{ term: t("recoveryKey"), description: t("recoveryKeyText") }]
            : []),
          ...(reason === undefined ? [] : [{ term: t("reason"), description: reason }]),
        ]}
      />
      <LedgerMark
        municipality={municipality}
        status={{ state: "recorded", block: Number(recovery.block), transaction: recovery.transactionId }}
      />
    </>
  );
}
