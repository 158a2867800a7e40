import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { Locale } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { ClientMessages } from "@/components/messages";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { CallForm } from "@/features/calls/call-form";
import { CallStart } from "@/features/calls/call-start";
import { copiedValues } from "@/features/calls/form-values";
import { callsToCopy, lineChoices, officeCall } from "@/features/calls/queries";
import { CRITERIA_ROWS } from "@/features/calls/schema";
import { callTemplates, templateValues } from "@/features/calls/templates";
import { requireMunicipality } from "@/features/municipalities/queries";
import { can } from "@/lib/permissions";
import { requireOfficial } from "@/lib/viewer";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("calls.office"))("newTitle"), robots: { index: false } };
}

type Props = PageProps<"/[locale]/[municipality]/office/calls/new">;

/** What the form begins with: a template, a copy of another call, or hardly anything. */
async function beginning(municipality: string, { searchParams }: Props, locale: Locale) {
  const { modello } = await searchParams;
  const template = callTemplates.find((name) => name === modello);
  if (template) return { chosen: template, initial: templateValues(template, locale) };
  const call = typeof modello === "string" ? await officeCall(municipality, modello) : null;
  if (call) return { chosen: call.id, initial: copiedValues(call, locale) };
  return { chosen: "", initial: { threshold: "70", requiredScores: "2" } };
}

export default async function NewCallPage(props: Props) {
  const { slug, istatCode } = await requireMunicipality((await props.params).municipality);
  const viewer = await requireOfficial(istatCode);
  if (!can(viewer, istatCode, "calls:publish")) notFound();
  const locale = await getLocale();
  const [t, lines, calls, { chosen, initial }] = await Promise.all([
    getTranslations("calls.office"),
    lineChoices(istatCode),
    callsToCopy(istatCode),
    beginning(istatCode, props, locale),
  ]);
  return (
    <>
      <Breadcrumb
        items={[
          {
            href: { pathname: "/[municipality]/office/calls", params: { municipality: slug } },
            label: t("title"),
          },
        ]}
      />
      <PageHeading title={t("newTitle")} />
      <CallStart municipality={slug} chosen={chosen} calls={calls} />
      <ClientMessages namespaces={["calls"]}>
        <CallForm
          key={chosen}
          command={crypto.randomUUID()}
          initial={initial}
          lines={lines.map(({ id, name, year }) => ({ value: id, label: `${name} (${year})` }))}
          rows={CRITERIA_ROWS}
        />
      </ClientMessages>
    </>
  );
}
