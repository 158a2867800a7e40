import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Italian } from "@/components/ui/italian";
import { Desk } from "@/features/desk/desk";
import { requireMunicipality } from "@/features/municipalities/queries";
import { DraftRound } from "@/features/rounds/draft-round";
import { FrozenRound } from "@/features/rounds/frozen-round";
import { draftRound, roundById } from "@/features/rounds/queries";
import { SealedDraft, SealedProgress } from "@/features/sealed-voting/office";
import { sealingOf } from "@/features/sealed-voting/queries";
import { RegistrarList } from "@/features/sealed-voting/registrar-list";
import { stateOf } from "@/features/sealed-voting/rules";
import { requireOfficial } from "@/lib/viewer";

type Props = PageProps<"/[locale]/[municipality]/office/rounds/[round]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { municipality, round } = await params;
  const draft = await draftRound((await requireMunicipality(municipality)).istatCode, round);
  return { title: draft?.words.title ?? null, robots: { index: false } };
}

export default async function OfficeRoundPage({ params, searchParams }: Props) {
  const { municipality: slug, round: id } = await params;
  const { codice } = await searchParams;
  const municipality = await requireMunicipality(slug);
  const viewer = await requireOfficial(municipality.istatCode);
  const [t, frozen, draft, sealing] = await Promise.all([
    getTranslations("rounds.office"),
    roundById(municipality.istatCode, id),
    draftRound(municipality.istatCode, id),
    sealingOf(municipality.istatCode, id),
  ]);
  if (!draft) notFound();
  const isRunning = frozen !== null && ["frozen", "open", "closed"].includes(frozen.state);
  return (
    <>
      <Breadcrumb
        items={[
          {
            href: { pathname: "/[municipality]/office/rounds", params: { municipality: slug } },
            label: t("title"),
          },
        ]}
      />
      <PageHeading
        title={<Italian>{draft.words.title}</Italian>}
        lead={<Italian>{draft.words.summary}</Italian>}
      />
      {frozen && sealing && (
        <SealedProgress
          municipality={municipality.istatCode}
          sealing={sealing}
          isClosed={frozen.state === "closed"}
          isOver={frozen.closesAt <= new Date()}
          viewer={viewer}
        />
      )}
      {frozen && sealing && (
        <Desk
          municipality={municipality.istatCode}
          sealing={sealing}
          page={{
            pathname: "/[municipality]/rounds/[round]/desk",
            params: { municipality: slug, round: frozen.slug },
          }}
          code={typeof codice === "string" ? codice.slice(0, 40) : ""}
          isVoting={["frozen", "open"].includes(frozen.state) && frozen.closesAt > new Date()}
          isClosed={frozen.state === "closed"}
          viewer={viewer}
        />
      )}
      {sealing && (!frozen || isRunning) && (
        <RegistrarList
          municipality={municipality.istatCode}
          sealing={sealing}
          opensOn={frozen?.opensOn ?? draft.words.opensOn}
          closesAt={frozen?.closesAt ?? draft.words.closesAt}
          isRunning={isRunning}
          now={new Date()}
        />
      )}
      {!frozen && !(draft.isOnItsWay && !sealing) && (
        <SealedDraft
          municipality={municipality.istatCode}
          draft={draft.words}
          sealing={sealing}
          viewer={viewer}
        />
      )}
      {frozen ? (
        <FrozenRound
          municipality={municipality}
          round={frozen}
          viewer={viewer}
          sealed={sealing ? stateOf(sealing, frozen.closesAt) : undefined}
        />
      ) : (
        <DraftRound municipality={municipality} draft={draft} viewer={viewer} sealed={sealing !== null} />
      )}
    </>
  );
}
