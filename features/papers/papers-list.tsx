import { getLocale, getTranslations } from "next-intl/server";
import { ActionButton } from "@/components/ui/action-button";
import { FieldsForm } from "@/components/ui/fields-form";
import { Italian } from "@/components/ui/italian";
import { PlainLink, TextLink } from "@/components/ui/link";
import { formatMoney } from "@/lib/format";
import { datePhrases } from "@/lib/phrases";
import { confirmPaper, withdrawPaper } from "./actions";
import { inGroups } from "./paper-code";
import type { PaperView } from "./queries";

/** Papers that wait for their second witness, each with the scan and with what this person can do. */
export async function PapersList({
  municipality,
  papers,
  step,
}: {
  /** Slug. */
  municipality: string;
  papers: readonly PaperView[];
  step: "confirm" | "withdraw";
}) {
  const t = await getTranslations("papers");
  return (
    <ul className="max-w-form divide-y divide-line border-line border-y">
      {papers.map((paper) => (
        <li key={paper.id} className="space-y-3 py-4">
          <PaperFacts municipality={municipality} paper={paper} />
          {step === "confirm" ? (
            <FieldsForm
              id={`confirm-paper-${paper.id}`}
              action={confirmPaper}
              hidden={{ command: crypto.randomUUID(), id: paper.id }}
              fields={[{ kind: "checkbox", name: "seen", label: t("seenToo", { name: paper.party }) }]}
              submitLabel={t("confirm")}
              submitIcon="seal"
            />
          ) : paper.mayWithdraw ? (
            <ActionButton
              action={withdrawPaper}
              fields={{ command: crypto.randomUUID(), id: paper.id }}
              icon="x-circle"
              describedBy={`paper-${paper.id}`}
            >
              {t("withdraw")}
            </ActionButton>
          ) : (
            <p>{t("notYours")}</p>
          )}
        </li>
      ))}
    </ul>
  );
}

async function PaperFacts({ municipality, paper }: { municipality: string; paper: PaperView }) {
  const [t, roles, organisations, locale] = await Promise.all([
    getTranslations("papers"),
    getTranslations("roles"),
    getTranslations("organisations"),
    getLocale(),
  ]);
  const { id, transaction, pact, version, number, amountCents, text, files, party, scan, recordedBy } = paper;
  const words = {
    ...{ version: version ?? 0, number: number ?? 0 },
    amount: amountCents === undefined ? "" : formatMoney(amountCents, locale),
  };
  const { name, role, organisation } = recordedBy;
  const first = { name, role: roles(role), organisation: organisations(organisation) };
  return (
    <>
      <h3 id={`paper-${id}`}>{t(`asked.${transaction.replace(":", ".") as "pacts.sign"}`, words)}</h3>
      <p>
        <TextLink
          href={{ pathname: "/[municipality]/pacts/[pact]", params: { municipality, pact: pact.slug } }}
        >
          <Italian>{pact.title}</Italian>
        </TextLink>
      </p>
      <p>
        {t("signedBy", { name: party })}{" "}
        {t("recordedBy", { ...first, ...datePhrases("date", paper.recordedOn, locale) })}
      </p>
      {paper.code && (
        <p>
          {t.rich("code", {
            code: () => <code className="wrap-anywhere">{inGroups(paper.code ?? "")}</code>,
          })}
        </p>
      )}
      {text && <p className="max-w-text whitespace-pre-line font-serif">{text}</p>}
      {files.map((href, index) => (
        <p key={href}>
          <PlainLink href={href} icon="document">
            {t("evidence", { number: index + 1 })}
          </PlainLink>
        </p>
      ))}
      {scan ? (
        <p>
          <PlainLink href={scan.href} icon="document">
            {t("openScan")}
          </PlainLink>
        </p>
      ) : (
        <p>{t("noScan")}</p>
      )}
    </>
  );
}
