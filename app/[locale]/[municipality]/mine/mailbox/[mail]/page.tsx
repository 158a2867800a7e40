import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { InstantText } from "@/components/ui/date-text";
import { DefinitionList } from "@/components/ui/definition-list";
import { TextLink } from "@/components/ui/link";
import { requireMunicipality } from "@/features/municipalities/queries";
import { LinkedText } from "@/features/notifications/linked-text";
import { mailMode } from "@/features/notifications/mail-mode-rules";
import { mailInMailbox } from "@/features/notifications/mailbox-queries";
import { requireViewer } from "@/lib/viewer";

export async function generateMetadata(): Promise<Metadata> {
  return {
    title: (await getTranslations("notifications.mailPages"))("mailboxTitle"),
    robots: { index: false },
  };
}

/** One mail of a trial: its headers, and its text with links that work. */
export default async function MailPage({
  params,
}: PageProps<"/[locale]/[municipality]/mine/mailbox/[mail]">) {
  const { municipality: path, mail: id } = await params;
  const { istatCode, slug } = await requireMunicipality(path);
  const viewer = await requireViewer();
  const mail = mailMode() === "mailbox" ? await mailInMailbox(istatCode, viewer, id) : undefined;
  if (!mail) notFound();
  const t = await getTranslations("notifications.mailPages");
  return (
    <>
      <PageHeading title={mail.subject} />
      <div className="max-w-text space-y-8">
        <p>
          <TextLink href={{ pathname: "/[municipality]/mine/mailbox", params: { municipality: slug } }}>
            {t("mailboxBack")}
          </TextLink>
        </p>
        <DefinitionList
          items={[
            { term: t("toLabel"), description: mail.to ?? t("noAddress") },
            { term: t("subjectLabel"), description: mail.subject },
            { term: t("sentLabel"), description: <InstantText value={mail.at} /> },
          ]}
        />
        <section aria-labelledby="text" className="space-y-3">
          <h2 id="text">{t("plainTitle")}</h2>
          <LinkedText text={mail.text} />
        </section>
        <section aria-labelledby="headers" className="space-y-3">
          <h2 id="headers">{t("headersLabel")}</h2>
          <ul className="space-y-1 font-mono text-sm">
            {[["Message-ID", mail.messageId] as const, ...Object.entries(mail.headers)].map(
              ([name, value]) => (
                <li key={name} className="wrap-anywhere">
                  {name}: {value}
                </li>
              ),
            )}
          </ul>
        </section>
      </div>
    </>
  );
}
