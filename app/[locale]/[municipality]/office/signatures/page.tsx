import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { ClientMessages } from "@/components/messages";
import { EmptyState } from "@/components/ui/empty-state";
import { Italian } from "@/components/ui/italian";
import { TextLink } from "@/components/ui/link";
import { requireMunicipality } from "@/features/municipalities/queries";
import { OfficeBreadcrumb } from "@/features/office/office-breadcrumb";
import { PendingNotice } from "@/features/office/pending-notice";
import { pendingItemsOf } from "@/features/office/scene-queries";
import { PapersList } from "@/features/papers/papers-list";
import { signatureTasks } from "@/features/papers/queries";
import { confirmPartyPasskey, proposePartyPasskey, withdrawPartyPasskey } from "@/features/passkeys/actions";
import { Ceremonies } from "@/features/passkeys/ceremonies";
import { OurKeys } from "@/features/passkeys/our-keys";
import { can } from "@/lib/permissions";
import { requireOfficial } from "@/lib/viewer";

const ofThisPage = /^(papers|passkeys):/;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("papers"))("title"), robots: { index: false } };
}

/** Where people in office stand by parties who sign: on paper, or with a key whose code they compare. */
export default async function SignaturesPage({
  params,
}: PageProps<"/[locale]/[municipality]/office/signatures">) {
  const { slug, istatCode } = await requireMunicipality((await params).municipality);
  const viewer = await requireOfficial(istatCode);
  if (!can(viewer, istatCode, "papers:confirm")) notFound();
  const [t, keys, tasks, items] = await Promise.all([
    getTranslations("papers"),
    getTranslations("passkeys"),
    signatureTasks({ istatCode, slug }, viewer),
    pendingItemsOf(istatCode),
  ]);
  const heading = (
    <>
      <OfficeBreadcrumb municipality={slug} />
      <PageHeading title={t("title")} lead={t("lead")} />
    </>
  );
  if (!tasks)
    return (
      <>
        {heading}
        <EmptyState icon="people" title={keys("notFounded")}>
          {keys("notFoundedText")}
        </EmptyState>
      </>
    );
  const { toConfirm, ours, keysToPropose, keysToConfirm, unsigned } = tasks;
  const waits = toConfirm.length + keysToPropose.length + keysToConfirm.length > 0;
  return (
    <>
      {heading}
      <PendingNotice items={items.filter(({ transaction }) => ofThisPage.test(transaction))} />
      <ClientMessages namespaces={["passkeys"]}>
        <div className="space-y-10">
          {!waits && <EmptyState icon="check-circle" title={t("nothing")} />}
          {toConfirm.length > 0 && (
            <section aria-labelledby="papers" className="space-y-4">
              <h2 id="papers">{t("toConfirm")}</h2>
              <p className="max-w-text">{t("toConfirmText")}</p>
              <PapersList municipality={slug} papers={toConfirm} step="confirm" />
            </section>
          )}
          {keysToPropose.length > 0 && (
            <section aria-labelledby="propose" className="space-y-4">
              <h2 id="propose">{t("keysToPropose")}</h2>
              <p className="max-w-text">{t("keysText")}</p>
              <Ceremonies keys={keysToPropose} step="propose" action={proposePartyPasskey} level={3} />
            </section>
          )}
          {keysToConfirm.length > 0 && (
            <section aria-labelledby="confirm" className="space-y-4">
              <h2 id="confirm">{t("keysToConfirm")}</h2>
              <p className="max-w-text">{t("keysText")}</p>
              <Ceremonies keys={keysToConfirm} step="confirm" action={confirmPartyPasskey} level={3} />
            </section>
          )}
          <section aria-labelledby="unsigned" className="space-y-4">
            <h2 id="unsigned">{t("unsigned")}</h2>
            <p className="max-w-text">{t("unsignedText")}</p>
            {unsigned.length === 0 ? (
              <p>{t("noUnsigned")}</p>
            ) : (
              <ul className="max-w-text list-disc space-y-1 pl-5">
                {unsigned.map((pact) => (
                  <li key={pact.slug}>
                    <TextLink
                      href={{
                        pathname: "/[municipality]/pacts/[pact]",
                        params: { municipality: slug, pact: pact.slug },
                      }}
                    >
                      <Italian>{pact.title}</Italian>
                    </TextLink>
                  </li>
                ))}
              </ul>
            )}
          </section>
          {ours.length > 0 && (
            <section aria-labelledby="ours" className="space-y-4">
              <h2 id="ours">{t("ours")}</h2>
              <p className="max-w-text">{t("oursText")}</p>
              <PapersList municipality={slug} papers={ours} step="withdraw" />
            </section>
          )}
          {tasks.keys.length > 0 && (
            <section aria-labelledby="keys" className="space-y-4">
              <h2 id="keys">{t("keys")}</h2>
              <p className="max-w-text">{t("keysOfParties")}</p>
              <OurKeys keys={tasks.keys} action={withdrawPartyPasskey} />
            </section>
          )}
        </div>
      </ClientMessages>
    </>
  );
}
