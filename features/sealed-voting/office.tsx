import { createHash } from "node:crypto";
import { getLocale, getTranslations } from "next-intl/server";
import { PendingRefresh } from "@/components/pending-refresh";
import { FieldsForm } from "@/components/ui/fields-form";
import { Notice } from "@/components/ui/notice";
import { Table } from "@/components/ui/table";
import { actFields } from "@/features/documents/act-field-queries";
import { pendingOfRound } from "@/features/rounds/queries";
import { type ErrorTranslator, errorSentence } from "@/lib/error-sentence";
import { formatNumber } from "@/lib/format";
import { can, roleFor, type Viewer } from "@/lib/permissions";
import { deadlinePhrases } from "@/lib/phrases";
import { announceSealed, offerTrusteeKey, prolongSealed, releaseTrusteeKey } from "./actions";
import { fingerprintOf, type Missing, missingOf } from "./ceremony";
import { issuerKeysOf, type Sealing } from "./queries";

type Draft = { readonly id: string; readonly most: number };

/** A draft that is to be voted in secret: announce it, then see which keys are still missing and who brings them. */
export async function SealedDraft({
  municipality,
  draft,
  sealing,
  viewer,
}: {
  municipality: string;
  draft: Draft;
  sealing: Sealing | null;
  viewer: Viewer;
}) {
  const t = await getTranslations("sealedOffice");
  if (sealing) return <Ceremony municipality={municipality} sealing={sealing} viewer={viewer} />;
  if (!can(viewer, municipality, "sealed:announce")) return null;
  const number = { kind: "text", inputMode: "numeric" } as const;
  return (
    <section className="mb-10 space-y-3">
      <h2>{t("announce")}</h2>
      <p className="max-w-text">{t("announceText")}</p>
      {draft.most > MOST_UNREMARKABLE && <Notice tone="warning">{t("unique", { most: draft.most })}</Notice>}
      <FieldsForm
        id="announce"
        action={announceSealed}
        hidden={{ id: draft.id, command: crypto.randomUUID() }}
        initial={{ groupSize: "20", graceMinutes: "60", publishDays: "7", noticeHours: "0" }}
        fields={[
          { ...number, name: "groupSize", label: t("groupSize"), hint: t("groupSizeHint") },
          { ...number, name: "graceMinutes", label: t("graceMinutes"), hint: t("graceMinutesHint") },
          { ...number, name: "publishDays", label: t("publishDays"), hint: t("publishDaysHint") },
          { ...number, name: "noticeHours", label: t("noticeHours"), hint: t("noticeHoursHint") },
        ]}
        submitLabel={t("announce")}
        submitIcon="ballot"
      />
    </section>
  );
}

/** More choices make many ballots that nobody else casts alike, and so can be told apart. */
const MOST_UNREMARKABLE = 4;

async function Ceremony({
  municipality,
  sealing,
  viewer,
}: {
  municipality: string;
  sealing: Sealing;
  viewer: Viewer;
}) {
  const [t, organisations, keys, locale] = await Promise.all([
    getTranslations("sealedOffice"),
    getTranslations("organisations"),
    issuerKeysOf(municipality, sealing.id),
    getLocale(),
  ]);
  const missing = missingOf(sealing, keys);
  const own = roleFor(viewer, municipality, "sealed:offerTrusteeKey")?.organisation;
  const hasOffered = sealing.trustees.some(({ organisation }) => organisation === own);
  const places = sealing.areas.reduce((sum, { size }) => sum + size, 0);
  return (
    <section className="mb-10 space-y-4">
      <h2>{t("ceremony")}</h2>
      <p className="max-w-text">
        {t("announced", { places: formatNumber(places, locale), areas: sealing.areas.length })}
      </p>
      <Refused municipality={municipality} round={sealing.id} />
      {missing.length === 0 ? (
        <Notice tone="success">{t("complete")}</Notice>
      ) : (
        <Table<Missing>
          caption={t("missing", { count: missing.length })}
          rows={missing}
          rowKey={({ what, organisation }) => `${what} ${organisation}`}
          columns={[
            {
              ...{ key: "what", header: t("what"), rowHeader: true },
              cell: ({ what, there, needed }) =>
                needed > 1
                  ? t("whatOf", { what: t(`missingOf.${what}`), there, needed })
                  : t(`missingOf.${what}`),
            },
            { key: "who", header: t("who"), cell: ({ organisation }) => organisations(organisation) },
            {
              key: "how",
              header: t("how"),
              cell: ({ what }) => t(what === "trustee" ? "byPerson" : "byProgram"),
            },
          ]}
        />
      )}
      <Trustees sealing={sealing} />
      {own && !hasOffered && sealing.state === "gathering" && (
        <div className="space-y-3">
          <h3>{t("offer")}</h3>
          <p className="max-w-text">{t("offerText")}</p>
          <FieldsForm
            id="trustee-key"
            action={offerTrusteeKey}
            hidden={{ id: sealing.id, command: crypto.randomUUID() }}
            fields={[{ kind: "text", name: "key", label: t("publicKey"), hint: t("publicKeyHint") }]}
            submitLabel={t("offer")}
            submitIcon="lock"
          />
        </div>
      )}
    </section>
  );
}

/** Whose keys there are, with what is read out to compare them. */
async function Trustees({ sealing }: { sealing: Sealing }) {
  const [t, organisations] = await Promise.all([
    getTranslations("sealedOffice"),
    getTranslations("organisations"),
  ]);
  if (sealing.trustees.length === 0) return null;
  return (
    <Table
      caption={t("trustees")}
      rows={sealing.trustees}
      rowKey={({ organisation }) => organisation}
      columns={[
        {
          ...{ key: "who", header: t("who"), rowHeader: true },
          cell: ({ organisation }) => organisations(organisation),
        },
        {
          ...{ key: "fingerprint", header: t("fingerprint") },
          cell: ({ key }) => (
            <code className="break-words">
              {fingerprintOf(createHash("sha256").update(Buffer.from(key, "hex")).digest("hex"))}
            </code>
          ),
        },
      ]}
    />
  );
}

/** After the closing: list, superseded ballots taken away, publication, and the keys that two trustees release. */
export async function SealedProgress({
  municipality,
  sealing,
  isClosed,
  isOver,
  viewer,
}: {
  municipality: string;
  sealing: Sealing;
  /** Whether the round is closed and not counted yet. */
  isClosed: boolean;
  /** Whether the closing instant has come. */
  isOver: boolean;
  viewer: Viewer;
}) {
  const [t, organisations, locale] = await Promise.all([
    getTranslations("sealedOffice"),
    getTranslations("organisations"),
    getLocale(),
  ]);
  const { list, publication, released } = sealing;
  const own = roleFor(viewer, municipality, "sealed:release")?.organisation;
  const isTrustee = sealing.trustees.some(({ organisation }) => organisation === own);
  const hasReleased = released.some(({ organisation }) => organisation === own);
  const number = (value: number) => formatNumber(value, locale);
  return (
    <section className="mb-10 space-y-4">
      <h2>{t("progress")}</h2>
      <ol className="max-w-text list-decimal space-y-2 pl-6">
        <li>{list ? t("listed", { count: number(list.count) }) : t("notListed")}</li>
        <li>
          {list
            ? t("superseded", { count: list.superseded, number: number(list.superseded) })
            : t("notSuperseded")}
        </li>
        <li>
          {publication
            ? t("published", {
                ...{ count: number(publication.published), missing: publication.missing },
              })
            : t("notPublished")}
        </li>
        <li>
          {released.length === 0
            ? t("notReleased")
            : t("releasedBy", {
                who: released.map(({ organisation }) => organisations(organisation)).join(", "),
              })}
        </li>
      </ol>
      <Refused municipality={municipality} round={sealing.id} />
      {sealing.prolonged && (
        <p className="max-w-text">
          {t("prolongedTo", deadlinePhrases("date", new Date(sealing.prolonged.closesAt), locale))}
        </p>
      )}
      {!isOver && !sealing.prolonged && can(viewer, municipality, "sealed:prolong") && (
        <Prolong sealing={sealing} />
      )}
      {isClosed && isTrustee && !hasReleased && sealing.state === "published" && (
        <div className="space-y-3">
          <h3>{t("release")}</h3>
          <p className="max-w-text">{t("releaseText")}</p>
          <FieldsForm
            id="release-key"
            action={releaseTrusteeKey}
            hidden={{ id: sealing.id, command: crypto.randomUUID() }}
            fields={[{ kind: "text", name: "key", label: t("secretKey"), hint: t("secretKeyHint") }]}
            submitLabel={t("release")}
            submitIcon="lock"
          />
        </div>
      )}
      <Trustees sealing={sealing} />
    </section>
  );
}

/** For the guarantors, while people vote: issuers may have left somebody waiting. */
async function Prolong({ sealing }: { sealing: Sealing }) {
  const t = await getTranslations("sealedOffice");
  return (
    <div className="space-y-3">
      <h3>{t("prolong")}</h3>
      <p className="max-w-text">{t("prolongText")}</p>
      <FieldsForm
        id="prolong"
        action={prolongSealed}
        hidden={{ id: sealing.id, command: crypto.randomUUID() }}
        fields={[
          {
            ...{ kind: "text", type: "datetime-local", name: "closesAt" },
            ...{ label: t("prolongUntil"), hint: t("prolongHint") },
          },
          { kind: "area", name: "reason", label: t("prolongReason") },
          ...(await actFields()),
        ]}
        submitLabel={t("prolong")}
        submitIcon="calendar"
      />
    </div>
  );
}

/** Why the ledger did not take the last step, and that another is on its way. */
async function Refused({ municipality, round }: { municipality: string; round: string }) {
  const [t, errors, locale, pending] = await Promise.all([
    getTranslations("sealedOffice"),
    getTranslations("errors") as Promise<ErrorTranslator>,
    getLocale(),
    pendingOfRound(municipality, round),
  ]);
  const last = pending.findLast(({ transaction }) => transaction.startsWith("sealed:"));
  return (
    <>
      <PendingRefresh pending={last?.status === "waiting"} />
      {last?.status === "failed" && last.error && (
        <Notice tone="danger" title={t("refused")}>
          {errorSentence(errors, locale, last.error.code, last.error.params)}
        </Notice>
      )}
    </>
  );
}
