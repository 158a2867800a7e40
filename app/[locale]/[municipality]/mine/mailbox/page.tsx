import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { InstantText } from "@/components/ui/date-text";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import { requireMunicipality } from "@/features/municipalities/queries";
import { mailMode } from "@/features/notifications/mail-mode-rules";
import { mailboxOf } from "@/features/notifications/mailbox-queries";
import { signsSomething } from "@/features/passkeys/queries";
import { MineSections } from "@/features/people/mine-sections";
import { requireViewer } from "@/lib/viewer";

export async function generateMetadata(): Promise<Metadata> {
  return {
    title: (await getTranslations("notifications.mailPages"))("mailboxTitle"),
    robots: { index: false },
  };
}

/** In a trial without a mail server: every mail that a person would have got. */
export default async function MailboxPage({ params }: PageProps<"/[locale]/[municipality]/mine/mailbox">) {
  const { istatCode, slug } = await requireMunicipality((await params).municipality);
  const viewer = await requireViewer();
  if (mailMode() !== "mailbox") notFound();
  const [t, keys, mails] = await Promise.all([
    getTranslations("notifications.mailPages"),
    signsSomething(istatCode, viewer),
    mailboxOf(istatCode, viewer),
  ]);
  return (
    <>
      <PageHeading title={t("mailboxTitle")} lead={t("mailboxLead")} />
      <MineSections municipality={slug} current="notifications" keys={keys} />
      {mails.length === 0 ? (
        <EmptyState icon="document" title={t("mailboxEmpty")}>
          {t("mailboxEmptyText")}
        </EmptyState>
      ) : (
        <ol className="max-w-form divide-y divide-line border-line border-y">
          {mails.map(({ id, subject, at }) => (
            <li key={id} className="space-y-1 py-3">
              <p className="wrap-anywhere font-semibold">
                <TextLink
                  href={{
                    pathname: "/[municipality]/mine/mailbox/[mail]",
                    params: { municipality: slug, mail: id },
                  }}
                >
                  {subject}
                </TextLink>
              </p>
              <p className="text-base text-ink-soft">
                <InstantText value={at} />
              </p>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
