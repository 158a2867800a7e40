import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { ClientMessages } from "@/components/messages";
import { EmptyState } from "@/components/ui/empty-state";
import { requireMunicipality } from "@/features/municipalities/queries";
import { PendingNotice } from "@/features/office/pending-notice";
import { pendingItemsOf } from "@/features/office/scene-queries";
import { CreatePasskey } from "@/features/passkeys/create-passkey";
import { OwnKeys } from "@/features/passkeys/own-keys";
import { keysIn, passkeyMaking } from "@/features/passkeys/queries";
import { WhatToDo } from "@/features/passkeys/what-to-do";
import { MineSections } from "@/features/people/mine-sections";
import { OwnOffices } from "@/features/register/own-offices";
import { isFounded, officesIn } from "@/features/register/queries";
import { requireViewer } from "@/lib/viewer";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("passkeys"))("title"), robots: { index: false } };
}

/** A person's offices and the keys they sign with. */
export default async function KeysPage({ params }: PageProps<"/[locale]/[municipality]/mine/keys">) {
  const { slug, istatCode } = await requireMunicipality((await params).municipality);
  const viewer = await requireViewer();
  const [t, register, founded, making, { keys }, { offices }, items] = await Promise.all([
    getTranslations("passkeys"),
    getTranslations("register"),
    isFounded(istatCode),
    passkeyMaking(istatCode, viewer),
    keysIn(istatCode, { person: viewer.id }),
    officesIn({ istatCode, slug }),
    pendingItemsOf(istatCode),
  ]);
  const own = offices.filter(
    ({ person, phase }) => person === viewer.id && phase !== "ended" && phase !== "over",
  );
  const signs =
    own.some(({ phase }) => phase === "held") &&
    keys.some(({ phase, resident }) => phase === "counting" && !resident);
  const ids = new Set([...own, ...keys].map(({ id }) => id));
  return (
    <>
      <PageHeading title={t("title")} lead={t("lead")} />
      <MineSections municipality={slug} current="keys" keys />
      {!making ? (
        <EmptyState icon="lock" title={t(founded ? "notInRegister" : "notFounded")}>
          {t(founded ? "notInRegisterText" : "notFoundedText")}
        </EmptyState>
      ) : (
        <ClientMessages namespaces={["passkeys"]}>
          <PendingNotice items={items.filter(({ subject }) => ids.has(subject.id))} />
          <div className="space-y-10">
            <section aria-labelledby="keys" className="space-y-4">
              <h2 id="keys">{t("yours")}</h2>
              <OwnKeys keys={keys} signs={signs} />
            </section>
            <section aria-labelledby="create" className="space-y-4 print:hidden">
              <h2 id="create">{t("create")}</h2>
              <p className="max-w-text">{t("createText")}</p>
              <p className="max-w-text">{t("createTwo")}</p>
              <CreatePasskey making={making} person={viewer.id} name={viewer.name} />
            </section>
            <section aria-labelledby="offices" className="space-y-4 print:hidden">
              <h2 id="offices">{register("own")}</h2>
              <OwnOffices offices={own} />
            </section>
            <section aria-labelledby="help" className="space-y-4 print:hidden">
              <h2 id="help">{t("help")}</h2>
              <WhatToDo />
            </section>
          </div>
        </ClientMessages>
      )}
    </>
  );
}
