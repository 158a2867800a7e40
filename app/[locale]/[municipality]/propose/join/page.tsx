import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { FieldsForm } from "@/components/ui/fields-form";
import { Italian } from "@/components/ui/italian";
import { Notice } from "@/components/ui/notice";
import { requireMunicipality } from "@/features/municipalities/queries";
import { joinProposal } from "@/features/proposals/co-author-actions";
import { invitationBehind } from "@/features/proposals/co-author-queries";
import { requireViewer } from "@/lib/viewer";

type Props = PageProps<"/[locale]/[municipality]/propose/join">;

export async function generateMetadata(): Promise<Metadata> {
  return {
    title: (await getTranslations("propose.together"))("join"),
    robots: { index: false },
    // Nobody elsewhere is told the code; with less the browser would not say either that the form is from here.
    referrer: "same-origin",
  };
}

/** Where somebody who was sent a link reads what they would write along with, and says yes. */
export default async function JoinPage({ params, searchParams }: Props) {
  const { slug, istatCode } = await requireMunicipality((await params).municipality);
  await requireViewer();
  const [t, propose, { codice }] = await Promise.all([
    getTranslations("propose.together"),
    getTranslations("propose"),
    searchParams,
  ]);
  const code = typeof codice === "string" ? codice.slice(0, 40) : "";
  const invitation = code ? await invitationBehind(istatCode, code) : null;
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
      <PageHeading title={t("join")} lead={t("joinLead")} />
      <div className="max-w-form space-y-6">
        {invitation && (
          <Notice tone="info" title={t("invitedBy", { name: invitation.proponent || t("somebody") })}>
            <p>{invitation.title ? <Italian>{invitation.title}</Italian> : propose("untitled")}</p>
          </Notice>
        )}
        {code !== "" && !invitation && <Notice tone="warning" title={t("leadsNowhere")} />}
        <ul className="max-w-text list-disc space-y-1 pl-5">
          <li>{t("may")}</li>
          <li>{t("mayNot")}</li>
          <li>{t("mayLeave")}</li>
        </ul>
        <FieldsForm
          id="join-proposal"
          action={joinProposal}
          initial={{ code }}
          fields={[
            { kind: "text", name: "code", label: t("codeField"), hint: t("codeHint") },
            { kind: "checkbox", name: "showName", label: t("showName"), hint: t("showNameHint") },
          ]}
          submitLabel={t("joinButton")}
          submitIcon="check"
        />
      </div>
    </>
  );
}
