import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { PageHeading } from "@/components/layout/page-heading";
import { ClientMessages } from "@/components/messages";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { TextLink } from "@/components/ui/link";
import { NeedsScript } from "./needs-script";
import { SharedDevice } from "./shared-device";

/** The frame of a page on which a voter's device works. */
export async function SealedPage({
  municipality,
  round,
  title,
  isShared = false,
  children,
}: {
  municipality: string;
  round: { readonly id: string; readonly slug: string; readonly title: string };
  title: string;
  /** On a device that people use one after another. */
  isShared?: boolean;
  children: ReactNode;
}) {
  const t = await getTranslations("sealedPages");
  const params = { municipality, round: round.slug };
  return (
    <>
      <Breadcrumb
        items={[
          { href: { pathname: "/[municipality]/rounds/[round]", params }, label: round.title, written: true },
        ]}
      />
      <PageHeading title={title} />
      <div className="space-y-8">
        <NeedsScript municipality={municipality} />
        <ClientMessages namespaces={["sealedVoting", "ballotPaper"]}>
          {children}
          <SharedDevice round={round.id} begins={isShared} />
        </ClientMessages>
        <p className="text-base">
          <TextLink href={{ pathname: "/[municipality]/rounds/[round]/secrecy", params }}>
            {t("sceptical")}
          </TextLink>
        </p>
      </div>
    </>
  );
}
