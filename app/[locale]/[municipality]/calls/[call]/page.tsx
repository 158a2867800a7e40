import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { ButtonLink } from "@/components/ui/link";
import { CallPhase } from "@/features/calls/call-cards";
import { CallRules } from "@/features/calls/call-rules";
import { ProposalsTable } from "@/features/calls/proposals-table";
import { callBySlug, chainDay, proposalsInCall } from "@/features/calls/queries";
import { CallStructuredData } from "@/features/calls/structured-data";
import { requireMunicipality } from "@/features/municipalities/queries";
import { currentViewer } from "@/lib/auth";
import { getPathname } from "@/lib/language/navigation";
import { pageMetadata } from "@/lib/page-metadata";

type Props = PageProps<"/[locale]/[municipality]/calls/[call]">;

async function requireCall({ params }: Props) {
  const { municipality: path, call: slug } = await params;
  const municipality = await requireMunicipality(path);
  const call = (await callBySlug(municipality, slug)) ?? notFound();
  const href = {
    pathname: "/[municipality]/calls/[call]" as const,
    params: { municipality: municipality.slug, call: slug },
  };
  return { municipality, call, href };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { call, href } = await requireCall(props);
  return pageMetadata({ href, title: call.title, description: call.summary });
}

export default async function CallPage(props: Props) {
  const { municipality, call, href } = await requireCall(props);
  const t = await getTranslations("calls");
  const [day, proposals, viewer] = await Promise.all([
    chainDay(municipality.istatCode),
    proposalsInCall(municipality.istatCode, call.id),
    currentViewer(),
  ]);
  const params = { municipality: municipality.slug };
  return (
    <>
      <Breadcrumb items={[{ href: { pathname: "/[municipality]/calls", params }, label: t("title") }]} />
      <PageHeading
        title={call.title}
        lead={call.summary}
        actions={
          call.phase === "open" && (
            <ButtonLink
              icon="edit"
              href={{ pathname: "/[municipality]/propose", params, query: { bando: call.id } }}
            >
              {t("propose")}
            </ButtonLink>
          )
        }
      />
      <div className="mb-8 space-y-2">
        <p>
          <CallPhase phase={call.phase} />
        </p>
        {call.phase === "open" && !viewer && <p className="text-ink-soft">{t("signInFirst")}</p>}
      </div>
      <div className="space-y-10">
        <CallRules municipality={municipality.slug} call={call} day={day} />
        <section className="space-y-3">
          <h2>{t("proposals")}</h2>
          <ProposalsTable municipality={municipality.slug} proposals={proposals} />
        </section>
      </div>
      <CallStructuredData
        municipality={municipality.name}
        call={call}
        path={getPathname({ locale: await getLocale(), href })}
      />
    </>
  );
}
