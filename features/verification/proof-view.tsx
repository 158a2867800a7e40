import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DateText, InstantText } from "@/components/ui/date-text";
import { DefinitionList } from "@/components/ui/definition-list";
import { Disclosure } from "@/components/ui/disclosure";
import { Identifier } from "@/components/ui/identifier";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { State } from "@/components/ui/state";
import { Table } from "@/components/ui/table";
import type { Proof } from "@/ledger/client/proof";
import { formatNumber } from "@/lib/format";
import { Confirmations } from "./confirmations";
import type { SealedProof } from "./queries";

/** A transaction as the ledger has just shown it, what was checked of it, and how it compares with the site. */
export function ProofView({
  municipality,
  proof,
  threads,
  readAt,
  sentence,
}: {
  municipality: string;
  proof: Proof;
  threads: readonly { slug: string; name: string }[];
  readAt: Date;
  /** What the transaction did, in words. */
  sentence: string;
}) {
  const t = useTranslations("verify.proof");
  return (
    <div className="space-y-10">
      <Verdict proof={proof} />
      <section aria-labelledby="step" className="space-y-3">
        <h2 id="step">{t("step")}</h2>
        <p className="font-semibold text-lg">{sentence}</p>
        <Facts municipality={municipality} proof={proof} threads={threads} readAt={readAt} />
      </section>
      <Asked proof={proof} />
      <Checks proof={proof} />
      <Matches proof={proof} />
      <section aria-labelledby="content" className="space-y-3">
        <h2 id="content">{t("content")}</h2>
        <p className="max-w-text">{t("contentText")}</p>
        {proof.event?.entries.map(({ type, idParts, record }) => (
          <Disclosure
            key={`${type} ${idParts.join("/")}`}
            quiet
            label={<RecordName of={`${type} ${idParts.join("/")}`} />}
          >
            <Json value={record} />
          </Disclosure>
        ))}
      </section>
      <p className="max-w-text text-base text-ink-soft">{t("caution")}</p>
    </div>
  );
}

/** Ballots of a round that is not closed: that they are recorded, and nothing of what they hold or when they came. */
export function SealedProofView({ proof, readAt }: { proof: SealedProof; readAt: Date }) {
  const t = useTranslations("verify.proof");
  const organisation = useTranslations("organisations");
  return (
    <div className="space-y-10">
      <Verdict proof={proof} />
      <Notice title={t("sealed")}>
        <p>{t("sealedText")}</p>
      </Notice>
      <DefinitionList
        items={[
          { term: t("transaction"), description: <Identifier value={proof.transactionId} /> },
          { term: t("validation"), description: proof.code === "VALID" ? t("valid") : proof.code },
          {
            term: t("endorsedBy"),
            description: proof.endorsedBy.map((one) => organisation(one)).join(", ") || t("nobody"),
          },
          { term: t("readAtTerm"), description: <InstantText value={readAt} /> },
        ]}
      />
      <Asked proof={proof} />
      <Checks proof={proof} />
      <p className="max-w-text text-base text-ink-soft">{t("caution")}</p>
    </div>
  );
}

/** What kind of record it is, in words, with its code. */
function RecordName({ of }: { of: string }) {
  const t = useTranslations("verify.records");
  const [type = "", ...code] = of.split(" ");
  const key = type as Parameters<typeof t>[0];
  return (
    <>
      {t.has(key) ? t(key) : type} <Identifier value={code.join(" ")} />
    </>
  );
}

function Verdict({ proof: { sound, faulty } }: { proof: SealedProof }) {
  const t = useTranslations("verify.proof");
  if (faulty)
    return (
      <Notice tone="danger" title={t("unsound")}>
        <p>{t("unsoundText")}</p>
      </Notice>
    );
  return (
    <Notice tone={sound ? "success" : "warning"} title={t(sound ? "sound" : "unconfirmed")}>
      <p>{t(sound ? "soundText" : "unconfirmedText")}</p>
    </Notice>
  );
}

function Asked({ proof: { confirmations, oneMachine } }: { proof: SealedProof }) {
  const t = useTranslations("verify.confirmations");
  return (
    <section aria-labelledby="confirmations" className="space-y-3">
      <h2 id="confirmations">{t("title")}</h2>
      <p className="max-w-text">{t("text")}</p>
      <Confirmations confirmations={confirmations} oneMachine={oneMachine} />
    </section>
  );
}

function Facts({
  municipality,
  proof,
  threads,
  readAt,
}: {
  municipality: string;
  proof: Proof;
  threads: readonly { slug: string; name: string }[];
  readAt: Date;
}) {
  const t = useTranslations("verify.proof");
  const role = useTranslations("roles");
  const organisation = useTranslations("organisations");
  const locale = useLocale();
  const { creator, endorsedBy, event, signedWith, carriedBy } = proof;
  const signer = [
    creator.role && role(creator.role as Parameters<typeof role>[0]),
    creator.organisation && `(${organisation(creator.organisation)})`,
  ];
  return (
    <DefinitionList
      items={[
        { term: t("transaction"), description: <Identifier value={proof.transactionId} /> },
        { term: t("block"), description: formatNumber(proof.block, locale) },
        { term: t("blockHash"), description: <Identifier value={proof.blockHash} /> },
        { term: t("validation"), description: proof.code === "VALID" ? t("valid") : proof.code },
        ...(event ? [{ term: t("day"), description: <DateText value={event.day} /> }] : []),
        {
          term: t("statedTime"),
          description: (
            <>
              <InstantText value={new Date(proof.statedTime)} />
              <span className="block text-base text-ink-soft">{t("statedTimeText")}</span>
            </>
          ),
        },
        { term: t("signedBy"), description: signer.filter(Boolean).join(" ") || "–" },
        { term: t("signedWith"), description: t(`with.${signedWith}`) },
        ...(carriedBy ? [{ term: t("carriedBy"), description: organisation(carriedBy) }] : []),
        {
          term: t("endorsedBy"),
          description: endorsedBy.map((one) => organisation(one)).join(", ") || t("nobody"),
        },
        ...(threads.length > 0
          ? [
              {
                term: t("threads"),
                description: threads.map(({ slug, name }) => (
                  <span key={slug} className="block">
                    <TextLink
                      href={{
                        pathname: "/[municipality]/commons/[commons]",
                        params: { municipality, commons: slug },
                      }}
                    >
                      {name}
                    </TextLink>
                  </span>
                )),
              },
            ]
          : []),
        { term: t("readAtTerm"), description: <InstantText value={readAt} /> },
      ]}
    />
  );
}

function Checks({ proof }: { proof: SealedProof }) {
  const t = useTranslations("verify.proof");
  const names = ["dataHash", "followed", "transactionId", "signer", "act", "proposal"] as const;
  const unknown = { signer: "notKnown", act: "noAct", followed: "notYet" } as const;
  return (
    <section aria-labelledby="checks" className="space-y-3">
      <h2 id="checks">{t("checksTitle")}</h2>
      <ul className="max-w-form divide-y divide-line border-line border-y">
        {names.map((name) => (
          <li key={name} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2.5">
            <span className="min-w-0">{t(`checks.${name}`)}</span>
            <Outcome
              good={proof.checks[name]}
              yes={t("good")}
              no={t("bad")}
              notYet={t(name in unknown ? unknown[name as keyof typeof unknown] : "notYet")}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Matches({ proof }: { proof: Proof }) {
  const t = useTranslations("verify.proof");
  return (
    <section aria-labelledby="matches" className="space-y-3">
      <h2 id="matches">{t("matchesTitle")}</h2>
      <Table
        caption={<span className="sr-only">{t("matchesTitle")}</span>}
        rows={proof.matches}
        rowKey={({ what, of }) => `${what} ${of ?? ""}`}
        columns={[
          {
            key: "what",
            header: t("what"),
            rowHeader: true,
            cell: ({ what, of }) => (
              <>
                {t(`match.${what}`)} {of && <RecordName of={of} />}
              </>
            ),
          },
          { key: "ledger", header: t("onLedger"), cell: ({ ledger }) => <Value text={ledger} /> },
          {
            key: "shown",
            header: t("onSite"),
            cell: ({ shown, equal, ledger }) =>
              equal && ledger.length > SHORT ? t("same") : <Value text={shown} />,
          },
          {
            key: "outcome",
            header: t("outcome"),
            cell: ({ equal }) => <Outcome good={equal} yes={t("equal")} no={t("different")} />,
          },
        ]}
      />
    </section>
  );
}

/** What is longer is opened rather than shown. */
const SHORT = 120;

function Value({ text }: { text: string }): ReactNode {
  const t = useTranslations("verify.proof");
  if (text === "") return "–";
  if (text.length <= SHORT) return <Identifier value={text} />;
  return (
    <Disclosure quiet label={t("show")}>
      <Identifier value={text} />
    </Disclosure>
  );
}

function Outcome({
  good,
  yes,
  no,
  notYet = "",
}: {
  good: boolean | null;
  yes: string;
  no: string;
  notYet?: string;
}) {
  if (good === null)
    return (
      <State icon="hourglass" tone="neutral">
        {notYet}
      </State>
    );
  return (
    <State icon={good ? "check-circle" : "x-circle"} tone={good ? "success" : "danger"}>
      {good ? yes : no}
    </State>
  );
}

function Json({ value }: { value: unknown }) {
  return (
    <pre className="max-w-full overflow-x-auto whitespace-pre-wrap break-all rounded-smooth bg-sunken p-4 font-mono text-sm">
      {JSON.stringify(value, null, 2)}
    </pre>
  );
}
