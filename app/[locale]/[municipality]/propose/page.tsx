import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { TwoColumns } from "@/components/layout/two-columns";
import { ActionButton } from "@/components/ui/action-button";
import { EmptyState } from "@/components/ui/empty-state";
import { Italian } from "@/components/ui/italian";
import { ButtonLink, TextLink } from "@/components/ui/link";
import { CallPhase } from "@/features/calls/call-cards";
import { listCalls } from "@/features/calls/queries";
import { listHouses } from "@/features/municipalities/house-queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { startDraft } from "@/features/proposals/actions";
import { DossierSteps } from "@/features/proposals/dossier-steps";
import { startForSomebody } from "@/features/proposals/handover-actions";
import { HouseHelp } from "@/features/proposals/house-help";
import { OwnDrafts } from "@/features/proposals/own-drafts";
import { commonsNamed, ownProposals } from "@/features/proposals/queries";
import { currentViewer } from "@/lib/auth";
import { getPathname } from "@/lib/language/navigation";
import { can } from "@/lib/permissions";
import { datePhrases } from "@/lib/phrases";

type Props = PageProps<"/[locale]/[municipality]/propose">;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("propose"))("title"), robots: { index: false } };
}

/** Where a proposal begins: go on with a draft, or choose the call. */
export default async function ProposePage({ params, searchParams }: Props) {
  const { slug, istatCode } = await requireMunicipality((await params).municipality);
  const { bando, bene } = await searchParams;
  const t = await getTranslations("propose");
  const calls = await getTranslations("calls");
  const locale = await getLocale();
  const viewer = await currentViewer();
  const [all, own, houses, about] = await Promise.all([
    listCalls(istatCode),
    viewer ? ownProposals(istatCode, viewer) : [],
    listHouses(istatCode),
    typeof bene === "string" ? commonsNamed(istatCode, bene) : undefined,
  ]);
  const open = all.filter(({ phase }) => phase === "open");
  const shown = open.some(({ id }) => id === bando) ? open.filter(({ id }) => id === bando) : open;
  const drafts = own.filter(({ submission, state }) => state === null && submission.status !== "pending");
  const here = getPathname({
    locale,
    href: { pathname: "/[municipality]/propose", params: { municipality: slug } },
  });
  return (
    <>
      <PageHeading title={t("title")} lead={t("lead")} />
      <TwoColumns
        after
        aside={
          <>
            <HouseHelp municipality={slug} houses={houses} district={null} framed={false} />
            <p>
              <TextLink
                href={{ pathname: "/[municipality]/propose/receive", params: { municipality: slug } }}
              >
                {t("handover.haveCode")}
              </TextLink>
            </p>
            <p>
              <TextLink href={{ pathname: "/[municipality]/propose/join", params: { municipality: slug } }}>
                {t("together.haveInvitation")}
              </TextLink>
            </p>
          </>
        }
      >
        {drafts.length > 0 && (
          <section aria-labelledby="drafts" className="space-y-4">
            <h2 id="drafts">{t("goOn")}</h2>
            <OwnDrafts municipality={slug} drafts={drafts} />
          </section>
        )}
        {open.length === 0 && (
          <EmptyState
            icon="calendar"
            title={t("noCall")}
            action={
              <TextLink href={{ pathname: "/[municipality]/calls", params: { municipality: slug } }}>
                {t("seeCalls")}
              </TextLink>
            }
          >
            {t("noCallText")}
          </EmptyState>
        )}
        {open.length > 0 && (
          <section aria-labelledby="begin" className="space-y-4">
            <h2 id="begin">{t("begin")}</h2>
            {about && <p>{t("forCommons", { name: about })}</p>}
            {!viewer && (
              <div className="max-w-text space-y-3">
                <p>{t("signInText")}</p>
                <ButtonLink
                  icon="sign-in"
                  href={{ pathname: "/sign-in", query: { da: here + queryOf({ bando, bene }) } }}
                >
                  {t("signIn")}
                </ButtonLink>
              </div>
            )}
            <ul className="max-w-form divide-y divide-line border-line border-y">
              {shown.map((call) => (
                <li key={call.id} className="space-y-2 py-4">
                  <h3 className="text-lg">
                    <TextLink
                      href={{
                        pathname: "/[municipality]/calls/[call]",
                        params: { municipality: slug, call: call.slug },
                      }}
                    >
                      <Italian>{call.title}</Italian>
                    </TextLink>
                  </h3>
                  <p className="flex flex-wrap items-center gap-2 text-base">
                    <CallPhase phase={call.phase} />
                    {calls(
                      call.rolling ? "stopsTaking" : "closes",
                      datePhrases("date", call.closesOn, locale),
                    )}
                  </p>
                  <p className="text-base">
                    <Italian>{call.summary}</Italian>
                  </p>
                  {viewer && (
                    <ActionButton
                      action={startDraft}
                      fields={{
                        call: call.id,
                        command: crypto.randomUUID(),
                        ...(about && typeof bene === "string" && { commons: bene }),
                      }}
                      look="primary"
                      icon="edit"
                    >
                      {t("beginIn", { call: call.title })}
                    </ActionButton>
                  )}
                  {viewer && can(viewer, istatCode, "drafts:help") && (
                    <ActionButton
                      action={startForSomebody}
                      fields={{ call: call.id, command: crypto.randomUUID() }}
                      icon="people"
                    >
                      {t("handover.begin", { call: call.title })}
                    </ActionButton>
                  )}
                </li>
              ))}
            </ul>
          </section>
        )}
        <DossierSteps />
      </TwoColumns>
    </>
  );
}

function queryOf(values: Record<string, string | string[] | undefined>): string {
  const query = new URLSearchParams(
    Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  ).toString();
  return query && `?${query}`;
}
