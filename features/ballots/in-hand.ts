/** Choices that are made and not given yet. They wait, sealed, in the voter's own browser for two hours. */
import "server-only";
import { z } from "zod";
import { keyedHash } from "@/lib/encryption";
import type { Viewer } from "@/lib/permissions";
import { readSealedCookie, sealIntoCookie } from "@/lib/sealed-cookie";
import { type VoterView, voterView } from "./queries";
import type { Given } from "./rules";
import type { Voter } from "./service";

const SECONDS = 2 * 60 * 60;

const givenSchema = z.object({
  choices: z.array(z.int().positive()).max(500),
  points: z.array(z.int().positive()).max(500).optional(),
});

export async function holdChoices(voter: Voter, round: string, given: Given): Promise<void> {
  await sealIntoCookie(cookieOf(round), JSON.stringify(given), {
    purpose: purposeOf(voter, round),
    seconds: SECONDS,
  });
}

/** Undefined where nothing was chosen in this browser, or by somebody else. */
export async function choicesInHand(voter: Voter, round: string): Promise<Given | undefined> {
  const held = await readSealedCookie(cookieOf(round), purposeOf(voter, round));
  return held === undefined ? undefined : givenSchema.parse(JSON.parse(held));
}

export type BallotInHand = VoterView & {
  /** What is chosen so far, or else the ballot that stands. */
  given: Given;
  /** Whether they were made in this browser. */
  isHeld: boolean;
  /** Whether they were not given yet. */
  isInHand: boolean;
  /** From which the order of the voter's projects follows; it tells nothing of them. */
  orderCode: string;
};

/** A round as its voter has it before them. */
export async function ballotInHand(
  municipality: string,
  round: string,
  viewer: Viewer,
): Promise<BallotInHand> {
  const [view, held] = await Promise.all([
    voterView(municipality, round, viewer),
    choicesInHand({ municipality, person: viewer.id }, round),
  ]);
  const cast = view.ballot?.status === "failed" ? undefined : view.ballot?.given;
  return {
    ...view,
    isHeld: held !== undefined,
    given: held ?? view.ballot?.given ?? { choices: [] },
    isInHand: held !== undefined && JSON.stringify(held) !== JSON.stringify(cast),
    orderCode: keyedHash("order of a ballot", municipality, round, viewer.id).slice(0, 12),
  };
}

/** Two rounds may be open at once. */
function cookieOf(round: string): string {
  return `ballot-${round.slice(0, 8)}`;
}

function purposeOf({ municipality, person }: Voter, round: string): string {
  return `ballot in hand ${municipality} ${round} ${person}`;
}
