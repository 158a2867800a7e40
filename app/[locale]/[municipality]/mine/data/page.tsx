import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { ClientMessages } from "@/components/messages";
import { DefinitionList } from "@/components/ui/definition-list";
import { TextLink } from "@/components/ui/link";
import { requireMunicipality } from "@/features/municipalities/queries";
import { signsSomething } from "@/features/passkeys/queries";
import { MineSections } from "@/features/people/mine-sections";
import { PreferencesForm } from "@/features/people/preferences-form";
import { personalData, residenceCheck } from "@/features/people/queries";
import { ResidenceNotice } from "@/features/people/residence-notice";
import { SessionList } from "@/features/people/session-list";
import { anprMember } from "@/lib/anpr/settings";
import { currentSession } from "@/lib/auth";
import { sessionsOf } from "@/lib/session";
import { requireViewer } from "@/lib/viewer";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people.preferences"))("title"), robots: { index: false } };
}

export default async function MyDataPage({ params }: PageProps<"/[locale]/[municipality]/mine/data">) {
  const municipality = await requireMunicipality((await params).municipality);
  const viewer = await requireViewer();
  const [data, session] = [await personalData(viewer.id), await currentSession()];
  const check = await residenceCheck(municipality.istatCode, viewer.id);
  const keys = await signsSomething(municipality.istatCode, viewer);
  const t = await getTranslations("people.preferences");
  const rights = await getTranslations("people.rights");
  const roleName = await getTranslations("roles");
  const roles = viewer.roles.filter((held) => held.municipality === municipality.istatCode);
  return (
    <>
      <PageHeading title={t("title")} lead={t("lead")} />
      <MineSections municipality={municipality.slug} current="data" keys={keys} />
      <div className="space-y-8">
        <DefinitionList
          items={[
            { term: t("name"), description: data.name },
            { term: t("residence"), description: data.residence ?? t("unknown") },
            {
              term: t("roles"),
              description: [
                t(check?.state === "elsewhere" ? "cityUser" : "resident"),
                ...roles.map((held) => roleName(held.role)),
              ].join(", "),
            },
          ]}
        />
        {check && <ResidenceNotice check={check} municipality={municipality.name} />}
        <p className="max-w-text text-base text-ink-soft">
          {t(anprMember(municipality.istatCode) ? "fromAnpr" : "fromProvider")}
        </p>
        <section className="space-y-4">
          <h2>{t("formTitle")}</h2>
          <ClientMessages namespaces={["people"]}>
            <PreferencesForm current={{ language: data.language }} />
          </ClientMessages>
        </section>
        {session && <SessionList sessions={await sessionsOf(viewer.id)} current={session.id} />}
        <section aria-labelledby="yours" className="max-w-text space-y-4">
          <h2 id="yours">{rights("title")}</h2>
          <p>{rights("text")}</p>
          <ul className="space-y-2">
            <li>
              <a href="/api/personal-data" className="text-link underline underline-offset-4">
                {rights("download")}
              </a>
            </li>
            <li>
              <TextLink
                href={{
                  pathname: "/[municipality]/mine/data/erase",
                  params: { municipality: municipality.slug },
                }}
              >
                {rights("erase")}
              </TextLink>
            </li>
          </ul>
        </section>
      </div>
    </>
  );
}
