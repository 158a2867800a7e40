import "server-only";
import { chainDay } from "@/features/calls/queries";
import { hasDistrictCouncils } from "@/features/register/queries";
import type { Prisma } from "@/generated/prisma/client";
import { db } from "@/lib/db";
import type { RecordOf } from "@/protocol/records";
import { openObjectionsTo } from "@/protocol/records/money";
import { type NextStep, nextSteps, type OpenMatters, pageOf } from "./next-steps";

/** A step with the pact or the round on whose page it is taken, by the name in its address. */
export type PlacedStep = NextStep & { place: { page: "round" | "pact"; slug: string } | null };

/** What is awaited on a commons by the chain's day, most urgent first. */
export async function nextOn(
  municipality: string,
  commons: string,
): Promise<{ day: string; steps: PlacedStep[] }> {
  const where = { municipality, commons };
  const [day, settings, proposals, pact, milestones, payments, reports, hasDistricts] = await Promise.all([
    chainDay(municipality),
    db.chainMunicipality.findUnique({ where: { municipality_id: { municipality, id: municipality } } }),
    db.chainProposal.findMany({ where }),
    db.chainPact.findFirst({ where, orderBy: { block: "desc" } }),
    db.chainMilestone.findMany({ where, orderBy: [{ commitment: "asc" }, { number: "asc" }] }),
    db.chainPayment.findMany({ where }),
    db.chainReport.findMany({ where }),
    hasDistrictCouncils(municipality),
  ]);
  const roundIds = proposals.flatMap(({ round }) => round ?? []);
  const [calls, rounds, pactText, roundTexts] = await Promise.all([
    db.chainCall.findMany({ where: { municipality, id: { in: proposals.map(({ call }) => call) } } }),
    db.chainRound.findMany({ where: { municipality, id: { in: roundIds } } }),
    pact && db.pact.findFirst({ where: { municipality, id: pact.id }, select: { slug: true } }),
    db.round.findMany({
      where: { municipality, id: { in: roundIds } },
      orderBy: { createdAt: "asc" },
      select: { slug: true },
    }),
  ]);
  const scored = await scoredProposals(municipality, proposals, calls);
  const past = new Set(rounds.flatMap(({ id, reconstruction }) => (reconstruction ? id : [])));
  const isOfNow = ({ round }: { round: string | null }) => round === null || !past.has(round);
  const matters: OpenMatters = {
    settings: { challengeDays: challengeDaysIn(settings?.record) },
    // What a vote of the past chose was carried out long ago: nothing is awaited of it.
    proposals: proposals.filter(isOfNow).map(({ id, state, integrationDueOn, call, round }) => {
      const ofCall = calls.find((one) => one.id === call);
      return {
        ...{ state, integrationDueOn, isScored: scored.has(id) },
        call: {
          opensOn: ofCall?.opensOn ?? day,
          closesOn: ofCall?.closesOn ?? day,
          rolling: (ofCall?.record as { rolling?: boolean } | undefined)?.rolling ?? false,
        },
        round: rounds.find((one) => one.id === round) ?? null,
      };
    }),
    pact: pact && pactMatter(pact, hasDistricts),
    milestones: milestones.map((milestone) => ({
      ...milestone,
      acceptableFrom: acceptableFrom(milestone.record),
      openObjections: openObjectionsTo(milestone.record as unknown as RecordOf<"milestone">).length,
    })),
    payments,
    reports,
  };
  const slugs = { pact: pactText?.slug, round: roundTexts.at(-1)?.slug };
  return {
    day,
    steps: nextSteps(matters, day).map((step) => {
      const page = pageOf(step);
      const slug = page && slugs[page];
      return { ...step, place: page && slug ? { page, slug } : null };
    }),
  };
}

/** Proposals under assessment that have as many points given to their version as their call wants. */
async function scoredProposals(
  municipality: string,
  proposals: readonly { id: string; version: number; call: string }[],
  calls: readonly { id: string; requiredScores: number }[],
): Promise<Set<string>> {
  const given = await db.chainAssessment.findMany({
    where: { municipality, proposal: { in: proposals.map(({ id }) => id) }, conflict: false },
    select: { proposal: true, version: true },
  });
  const scored = proposals.filter(({ id, version, call }) => {
    const wanted = calls.find((one) => one.id === call)?.requiredScores ?? Number.POSITIVE_INFINITY;
    return given.filter((one) => one.proposal === id && one.version === version).length >= wanted;
  });
  return new Set(scored.map(({ id }) => id));
}

function pactMatter(
  pact: {
    state: string;
    startsOn: string;
    endsOn: string;
    version: number;
    insuredUntil: string | null;
    briefedOn: string | null;
    record: Prisma.JsonValue;
  },
  hasDistricts: boolean,
): OpenMatters["pact"] {
  const record = pact.record as { parties: unknown[]; signatures: { version: number }[] };
  return {
    ...{ state: pact.state, startsOn: pact.startsOn, endsOn: pact.endsOn, hasDistricts },
    signatures: record.signatures.filter(({ version }) => version === pact.version).length,
    parties: record.parties.length,
    insured: pact.insuredUntil !== null,
    briefed: pact.briefedOn !== null,
  };
}

/** The day fixed when a milestone was verified; older records have none. */
function acceptableFrom(record: Prisma.JsonValue): string | undefined {
  return (record as { acceptableFrom?: string }).acceptableFrom;
}

function challengeDaysIn(record: Prisma.JsonValue | undefined): number {
  const settings = (record as { settings?: { challengeDays?: number } } | undefined)?.settings;
  return settings?.challengeDays ?? 0;
}
