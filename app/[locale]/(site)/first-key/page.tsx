import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { ClientMessages } from "@/components/messages";
import { Notice } from "@/components/ui/notice";
import { FirstKey } from "@/features/passkeys/first-key";
import { firstKeySchema } from "@/features/passkeys/schema";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("firstKey"))("title"), robots: { index: false } };
}

/** Before their municipality is founded its first people in office make their keys here; nothing of it is kept by the site. */
export default async function FirstKeyPage({ searchParams }: PageProps<"/[locale]/first-key">) {
  const t = await getTranslations("firstKey");
  const link = firstKeySchema.safeParse(await searchParams);
  return (
    <div className="space-y-6">
      <PageHeading title={t("title")} lead={t("lead")} />
      {link.success ? (
        <ClientMessages namespaces={["firstKey", "passkeys"]}>
          <FirstKey {...link.data} />
        </ClientMessages>
      ) : (
        <Notice tone="warning">{t("noLink")}</Notice>
      )}
    </div>
  );
}
