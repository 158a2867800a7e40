import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { FieldsForm } from "@/components/ui/fields-form";
import { requireMunicipality } from "@/features/municipalities/queries";
import { claimDraft } from "@/features/proposals/handover-actions";
import { requireViewer } from "@/lib/viewer";

type Props = PageProps<"/[locale]/[municipality]/propose/receive">;

export async function generateMetadata(): Promise<Metadata> {
  return {
    title: (await getTranslations("propose.handover"))("receive"),
    robots: { index: false },
    // Nobody elsewhere is told the code; with less the browser would not say either that the form is from here.
    referrer: "same-origin",
  };
}

/** Where somebody takes the draft that a house wrote with them: nothing is handed in by it. */
export default async function ReceivePage({ params, searchParams }: Props) {
  const { slug } = await requireMunicipality((await params).municipality);
  await requireViewer();
  const [t, propose, { codice }] = await Promise.all([
    getTranslations("propose.handover"),
    getTranslations("propose"),
    searchParams,
  ]);
  const code = typeof codice === "string" ? codice.slice(0, 40) : "";
  return (
    <>
      <Breadcrumb
        items={[
          {
            href: { pathname: "/[municipality]/propose", params: { municipality: slug } },
            label: propose("title"),
          },
        ]}
      />
      <PageHeading title={t("receive")} lead={t("receiveLead")} />
      <FieldsForm
        id="claim-draft"
        action={claimDraft}
        initial={{ code }}
        fields={[{ kind: "text", name: "code", label: t("codeField"), hint: t("codeHint") }]}
        submitLabel={t("take")}
        submitIcon="check"
      />
    </>
  );
}
