import "server-only";
import { chainDay } from "@/features/calls/queries";
import { ACCEPTANCE_DAYS, PAYMENT_DAYS, plusDays } from "@/features/funds/rules";
import type { Prisma } from "@/generated/prisma/client";
import { db } from "@/lib/db";
import { dayInItaly } from "@/lib/local-time";
import { type NextStep, nextSteps, type OpenMatters, pageOf } from "./rules";

/** A step with the pact or the round on whose page it is taken, by the name in its address. */
export type PlacedStep = NextStep & { place: { page: "round" | "pact"; slug: string } | null };

/** What is awaited on a commons by the chain's day, most urgent first. */
export async function nextOn(
  municipality: string,
  commons: string,
): Promise<{ day: string; steps: PlacedStep[] }> {
  const where = { municipality, commons };
  const [day, settings, proposals, pact, milestones, payments, reports] = await Promise.all([
    chainDay(municipality),
    db.chainMunicipality.findUnique({ where: { municipality_id: { municipality, id: municipality } } }),
    db.chainProposal.findMany({ where }),
    db.chainPact.findFirst({ where, orderBy: { block: "desc" } }),
    db.chainMilestone.findMany({ where, orderBy: [{ commitment: "asc" }, { number: "asc" }] }),
    db.chainPayment.findMany({ where }),
    db.chainReport.findMany({ where }),
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
  const challengeDays = challengeDaysIn(settings?.record);
  const matters: OpenMatters = {
    proposals: proposals.map(({ state, integrationDueOn, call, round }) => {
      const ofCall = calls.find(({ id }) => id === call);
      const ofRound = rounds.find(({ id }) => id === round);
      return {
        state,
        integrationDueOn,
        call: {
          closesOn: ofCall?.closesOn ?? day,
          rolling: (ofCall?.record as { rolling?: boolean } | undefined)?.rolling ?? false,
        },
        round: ofRound
          ? {
              state: ofRound.state,
              opensOn: ofRound.opensOn,
              closesOn: dayInItaly(ofRound.closesAt),
              objectionsUntil: ofRound.attestedOn && plusDays(ofRound.attestedOn, ofRound.objectionDays),
            }
          : null,
      };
    }),
    pact: pact && pactMatter(pact),
    milestones: milestones.map(
      ({ state, number, dueOn, verifiedOn, acceptedCents, requestedCents, record }) => ({
        state,
        number,
        dueOn,
        acceptableFrom: acceptableFrom(record) ?? (verifiedOn && plusDays(verifiedOn, challengeDays)),
        acceptBy: verifiedOn && plusDays(verifiedOn, ACCEPTANCE_DAYS),
        acceptedCents,
        requestedCents,
      }),
    ),
    payments: payments.map(({ state, amountCents, requestedOn }) => ({
      state,
      amountCents,
      payBy: plusDays(requestedOn, PAYMENT_DAYS),
    })),
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

function pactMatter(pact: {
  state: string;
  endsOn: string;
  version: number;
  insuredUntil: string | null;
  briefedOn: string | null;
  record: Prisma.JsonValue;
}): OpenMatters["pact"] {
  const record = pact.record as { parties: unknown[]; signatures: { version: number }[] };
  return {
    state: pact.state,
    endsOn: pact.endsOn,
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
