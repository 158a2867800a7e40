import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { db } from "@/lib/db";
import { ExpectedError } from "@/lib/errors";
import type { Viewer } from "@/lib/permissions";
import { shareEnvironment } from "../../browser/environment";
import { argumentsOf, isOfOneMunicipality, samplesFor } from "./arguments";
import { type Exported, exportedFunctions } from "./signatures";
import { found, officerOf, quiet, twoTowns, writes } from "./town";

vi.mock("next-intl/server", async () => (await import("@/tests/next-intl-server")).nextIntlServer());

await shareEnvironment(inject("site"));
const [torino, aglie] = await twoTowns();
await quiet();
afterAll(() => db.$disconnect());

/*
 * Every function of the application that reads or writes for a municipality is found in the source and called for one
 * municipality with everything that belongs to the other. A new one is tried as soon as it is there; one with a
 * parameter that arguments.ts does not know fails.
 */
const functions = (await exportedFunctions("features", /(queries|service)\.ts$/)).filter(isOfOneMunicipality);
const reading = functions.filter(({ file }) => /queries\.ts$/.test(file));

describe.each([
  { own: torino, other: aglie },
  { own: aglie, other: torino },
])("$own.name asked about what is $other.name's", ({ own, other }) => {
  let viewer: Viewer;
  beforeAll(async () => {
    viewer = await officerOf(own);
  });

  it.each(functions)("$file $name", async (exported) => {
    const run = await loaded(exported);
    const before = await writes();
    for (let sample = 0; sample < samplesFor(exported, other); sample += 1) {
      const values = await argumentsOf(exported, { own, other, viewer, sample });
      const { value, error } = await settle(() => run(...values));
      expect(found(text(value), other, text(values)), text(values)).toEqual([]);
      // Refused because it is not there, before anything is asked of the ledger.
      if (error !== undefined && !(error instanceof ExpectedError)) throw error;
    }
    expect(await writes()).toEqual(before);
  });
});

it("the same functions do answer about their own municipality", async () => {
  const viewer = await officerOf(torino);
  const silent: string[] = [];
  for (const exported of reading) {
    const run = await loaded(exported);
    let answers = false;
    for (let sample = 0; sample < samplesFor(exported, torino) && !answers; sample += 1) {
      const values = await argumentsOf(exported, { own: torino, other: torino, viewer, sample });
      const { value } = await settle(() => run(...values));
      answers = !["", "null", "[]", "{}"].includes(text(value));
    }
    if (!answers) silent.push(exported.name);
  }
  expect(silent.filter((name) => !hasNothingYet.has(name))).toEqual([]);
});

/** Of these the trial data has nothing to show to this officer: own drafts and votes, what is still on its way. */
const hasNothingYet = new Set([
  ...["ownVotes", "ownAdhesions", "ownDraft", "ownProposals", "ownSubjects", "ownStuck", "followedCommons"],
  ...["pendingOfCall", "pendingOn", "pendingAround", "pendingItemsOf", "pendingAdhesions", "pendingOfRound"],
  ...["draftCalls", "draftRounds", "admittedProposals", "callsToVote", "objectionsTo"],
  ...["settingsProposal", "settingsDuties"],
  // Nobody follows anything, and nobody was told anything.
  ...["isFollowing", "subscriptionsOf", "notificationsOf", "unreadCount", "mailboxOf", "mailInMailbox"],
  // Comments that the tests of moderation hid may be the ones that are asked for.
  ...["commentById"],
  // No year of a line of the trial is over.
  ...["carriedOf", "leftOfPastYears"],
  // No ballot of a sealed round is recorded yet, and none is closed.
  ...["recordedBucket", "finalBlock", "finalEnvelopes", "roundsToCheck"],
  // No Casa has a desk, no issuer has told anything, and people owe a sealed round nothing.
  ...["openDesks", "deskNumbers", "waitingAtDesks", "sealedDuties", "issuancesOf"],
  // Nobody has written them yet.
  ...["feedbackOf", "profileOf", "profileAuthor", "mapDraftOf", "mapInForce", "isBackground", "emblemOf"],
  ...["sentNewsletter", "draftNewsletters", "newsletterById"],
  // Nobody has tried the sign-in.
  "lastSignInCheck",
  // No file of the treasury was loaded, no codes are set.
  ...["storedMovements", "paymentsOnTheirWay", "codesOf", "importsOf", "importById"],
  // Of administrators and guarantors.
  ...["registerDuties", "registerTasks"],
  // Of witnesses; no paper waits for its second one, no recovery is under way, and nothing is searched for.
  ...["signaturesDuties", "signatureTasks", "witnessesOf", "recoveriesUnderWay", "commonsWith"],
  // The one picture is of the Comune, and no draft has any.
  ...["coversOf", "proposalPictures", "picturesOfCommons", "picturesOf", "picturesOfDraft"],
  ...["waitingActs", "passkeysHere", "textsOf"],
  // Functions, and what was asked of no duty at all.
  ...["placesOf", "titlesOf", "representativesOf", "registerTitles", "asWaiting", "dutyOf", "colleaguesFor"],
  ...[
    "ownWaiting",
    "ownDutyChanges",
    "mayContact",
    "helpWith",
    "coAuthorsOf",
    "invitationBehind",
    "requireTaken",
    "ownProposalsWithVolunteers",
    "whoLooked",
  ],
  ...["calendarEvents"],
  // The meetings are about pacts, called by others, and this officer comes to none.
  ...["meetingsAbout", "registeredAt", "ownMeetings"],
  // A function, and a map that is not part of the repository.
  ...["daysOfTransactions", "outlinesOf"],
  // Nobody objects to anything, no question waits for long, and nothing was reported or hidden of this officer.
  ...["statementOn", "ownReports", "ownDecided", "unansweredQuestions"],
  // A function, a map that is not part of the repository, and comments on another proposal than those tried.
  ...["daysOfTransactions", "outlinesOf", "commentsOn"],
  // A few commons have a pact in force, and a few pacts have money.
  ...["careOf", "commitmentsOf"],
  // Nobody joined the commons that are tried, and no pact ends within this year.
  ...["peopleOf", "pactsEnding"],
  // Nobody has objected to the verification of a milestone, and no pact takes another's place.
  ...["objectionsToMilestone", "renewalsOf"],
  // A function.
  "timesOfTransactions",
  // ANPR was asked about nobody.
  ...["residenceCheck"],
]);

type Call = (...values: unknown[]) => unknown;

async function loaded({ file, name }: Exported): Promise<Call> {
  const module: Record<string, unknown> = await import(/* @vite-ignore */ join(process.cwd(), file));
  return module[name] as Call;
}

async function settle(run: () => unknown): Promise<{ value?: unknown; error?: unknown }> {
  try {
    const value = await run();
    return { value };
  } catch (error) {
    return { error };
  }
}

function text(value: unknown): string {
  return (
    JSON.stringify(value, (_, inner: unknown) => {
      if (typeof inner === "bigint") return inner.toString();
      if (inner instanceof Map || inner instanceof Set) return [...inner];
      return inner === db ? "db" : inner;
    }) ?? ""
  );
}
