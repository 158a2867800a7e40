import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { TwoColumns } from "@/components/layout/two-columns";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Italian } from "@/components/ui/italian";
import { ButtonLink } from "@/components/ui/link";
import { Pagination } from "@/components/ui/pagination";
import { CallPhase } from "@/features/calls/call-cards";
import { CallFacts, CallRules } from "@/features/calls/call-rules";
import { proposalsInCall } from "@/features/calls/proposal-list-queries";
import { ProposalsTable } from "@/features/calls/proposals-table";
import { callBySlug, chainDay } from "@/features/calls/queries";
import { CallStructuredData } from "@/features/calls/structured-data";
import { requireMunicipality } from "@/features/municipalities/queries";
import { ShareBar } from "@/features/sharing/share-bar";
import { currentViewer } from "@/lib/auth";
import { getPathname } from "@/lib/language/navigation";
import { pageIn } from "@/lib/page-in";
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
  const [day, { proposals, page, pages }, viewer] = await Promise.all([
    chainDay(municipality.istatCode),
    proposalsInCall(municipality.istatCode, call.id, pageIn((await props.searchParams).pagina)),
    currentViewer(),
  ]);
  const params = { municipality: municipality.slug };
  return (
    <>
      <Breadcrumb items={[{ href: { pathname: "/[municipality]/calls", params }, label: t("title") }]} />
      <PageHeading
        title={<Italian>{call.title}</Italian>}
        lead={<Italian>{call.summary}</Italian>}
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
      <ShareBar
        title={call.title}
        href={href}
        calendar={`/api/calendar/${municipality.slug}/calls/${call.slug}`}
      />
      <TwoColumns
        aside={
          <>
            <p>
              <CallPhase phase={call.phase} />
            </p>
            <CallFacts call={call} day={day} />
            {call.phase === "open" && !viewer && (
              <p className="text-base text-ink-soft print:hidden">{t("signInFirst")}</p>
            )}
          </>
        }
      >
        <CallRules municipality={municipality.slug} call={call} />
        <section className="space-y-3">
          <h2>{t("proposals")}</h2>
          <ProposalsTable municipality={municipality.slug} proposals={proposals} />
          <Pagination
            page={page}
            pages={pages}
            hrefOf={(to) => ({ ...href, ...(to > 1 && { query: { pagina: String(to) } }) })}
          />
        </section>
      </TwoColumns>
      <CallStructuredData
        municipality={municipality.name}
        call={call}
        path={getPathname({ locale: await getLocale(), href })}
      />
    </>
  );
}
