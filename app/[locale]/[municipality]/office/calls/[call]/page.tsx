import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { LedgerMark } from "@/components/ledger-mark";
import { ClientMessages } from "@/components/messages";
import { PendingRefresh } from "@/components/pending-refresh";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { FieldsForm } from "@/components/ui/fields-form";
import { Italian } from "@/components/ui/italian";
import { ButtonLink } from "@/components/ui/link";
import { extendCallAction, publishCallAction } from "@/features/calls/actions";
import { CallForm } from "@/features/calls/call-form";
import { formValuesOf } from "@/features/calls/form-values";
import { lineChoices, officeCall, pendingOfCall } from "@/features/calls/queries";
import { CRITERIA_ROWS } from "@/features/calls/schema";
import { actFields } from "@/features/documents/act-field-queries";
import { missingBeforeCall } from "@/features/first-hour/queries";
import { NotReadyForCall } from "@/features/first-hour/readiness";
import { requireMunicipality } from "@/features/municipalities/queries";
import { type ErrorTranslator, errorSentence } from "@/lib/error-sentence";
import { formatDate } from "@/lib/format";
import { can } from "@/lib/permissions";
import { datePhrases } from "@/lib/phrases";
import { requireOfficial } from "@/lib/viewer";

type Props = PageProps<"/[locale]/[municipality]/office/calls/[call]">;

async function requireCall({ params }: Props) {
  const { municipality: path, call: id } = await params;
  const municipality = await requireMunicipality(path);
  const viewer = await requireOfficial(municipality.istatCode);
  if (!can(viewer, municipality.istatCode, "calls:publish")) notFound();
  const administers = can(viewer, municipality.istatCode, "site:manage");
  return { municipality, administers, call: (await officeCall(municipality.istatCode, id)) ?? notFound() };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await requireCall(props)).call.title, robots: { index: false } };
}

/** A call for the office: its draft and publication, then its extension. */
export default async function OfficeCallPage(props: Props) {
  const { municipality, administers, call } = await requireCall(props);
  const t = await getTranslations("calls.office");
  const errors = (await getTranslations("errors")) as unknown as ErrorTranslator;
  const locale = await getLocale();
  const params = { municipality: municipality.slug };
  const [pending, lines, act, missing] = await Promise.all([
    pendingOfCall(municipality.istatCode, call.id),
    lineChoices(municipality.istatCode),
    actFields(),
    call.published ? [] : missingBeforeCall(municipality),
  ]);
  const onItsWay = pending.some(({ status }) => status !== "failed");
  const hidden = { call: call.id, command: randomUUID() };
  return (
    <>
      <Breadcrumb
        items={[{ href: { pathname: "/[municipality]/office/calls", params }, label: t("title") }]}
      />
      <PageHeading
        title={<Italian>{call.title}</Italian>}
        actions={
          call.published && (
            <ButtonLink
              look="secondary"
              icon="eye"
              href={{ pathname: "/[municipality]/calls/[call]", params: { ...params, call: call.slug } }}
            >
              {t("seePublic")}
            </ButtonLink>
          )
        }
      />
      <div className="space-y-10">
        {pending.map(({ id, error }) => (
          <LedgerMark
            key={id}
            municipality={municipality.slug}
            status={
              error
                ? { state: "not_recorded", reason: errorSentence(errors, locale, error.code, error.params) }
                : { state: "pending" }
            }
          />
        ))}
        <PendingRefresh pending={onItsWay} />
        <ClientMessages namespaces={["calls"]}>
          {!call.published && !onItsWay && (
            <>
              <section aria-labelledby="draft" className="space-y-4">
                <h2 id="draft">{t("edit")}</h2>
                <CallForm
                  call={call.id}
                  initial={formValuesOf(call, locale)}
                  lines={lines.map(({ id, name, year }) => ({ value: id, label: `${name} (${year})` }))}
                  rows={Math.max(CRITERIA_ROWS, call.criteria.length)}
                />
              </section>
              <section aria-labelledby="publish" className="space-y-4">
                <h2 id="publish">{t("publishTitle")}</h2>
                <p className="max-w-text">{t("publishText")}</p>
                <NotReadyForCall {...{ municipality: municipality.slug, missing, administers }} />
                <FieldsForm
                  id="publish-call"
                  action={publishCallAction}
                  fields={act}
                  hidden={hidden}
                  confirm={{
                    what: "publishCall",
                    facts: [
                      { name: "about", value: call.title },
                      { name: "until", value: formatDate(call.closesOn, locale) },
                    ],
                  }}
                  submitLabel={t("publish")}
                  submitIcon="send"
                />
              </section>
            </>
          )}
          {call.published?.phase === "closed" && <p>{t("closedText")}</p>}
          {call.published && call.published.phase !== "closed" && !onItsWay && (
            <section aria-labelledby="extend" className="space-y-4">
              <h2 id="extend">{t("extendTitle")}</h2>
              <p className="max-w-text">
                {t("extendText", datePhrases("date", call.published.closesOn, locale))}
              </p>
              <FieldsForm
                id="extend-call"
                action={extendCallAction}
                fields={[
                  { kind: "date", name: "closesOn", label: t("newClosing"), min: call.published.closesOn },
                  ...act,
                ]}
                hidden={hidden}
                submitLabel={t("extend")}
                submitIcon="calendar"
              />
            </section>
          )}
        </ClientMessages>
      </div>
    </>
  );
}
