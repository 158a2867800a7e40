import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { trialPeople } from "@/prisma/seed/trial-people";
import { formOf, request, serverActions } from "./request";
import { settle } from "./town";

const { db } = await serverActions();
const { POST: upload } = await import("@/app/api/uploads/[municipality]/route");
const { cast } = await import("@/features/ballots/actions");
const { introducePerson } = await import("@/features/people/service");
const { claimDraft } = await import("@/features/proposals/handover-actions");
const { joinProposal } = await import("@/features/proposals/co-author-actions");
const { submitProposal } = await import("@/features/proposals/actions");
const { adhere, withdrawAdhesion } = await import("@/features/proposals/engagement-actions");
const { count } = await import("@/lib/rate-limit");

const [giulia, marco] = trialPeople;
if (!giulia || !marco) throw new Error("there are no trial people");
let person: string;
let other: string;

beforeAll(async () => {
  await settle(db);
  person = await introducePerson(giulia);
  other = await introducePerson(marco);
});
beforeEach(async () => {
  await db.rateCount.deleteMany();
  request.person = person;
});

type Answer = { code?: string; sentence?: string };
const posted = async (
  action: (state: undefined, form: FormData) => Promise<{ code?: string; failure?: string } | undefined>,
  fields: Record<string, string>,
): Promise<Answer> => {
  const answer = await action(undefined, formOf({ command: randomUUID(), ...fields }));
  return { code: answer?.code, sentence: answer?.failure };
};
const uploading = async (): Promise<Answer> => {
  const sent = new Request(`${process.env.ORIGIN}/api/uploads/torino?lingua=it`, {
    method: "POST",
    headers: { "sec-fetch-site": "same-origin", accept: "application/json" },
    body: new FormData(),
  });
  const response = await upload(sent, { params: Promise.resolve({ municipality: "torino" }) });
  const answer = (await response.json()) as Answer;
  if (answer.code === "too_many_requests") expect(response.status).toBe(429);
  return answer;
};

// What each is about is not there: within the limit that is what is said.
describe.each([
  { what: "votes", limit: 20, ask: () => posted(cast, { round: "none", choices: "1" }) },
  { what: "adhesions", limit: 60, ask: () => posted(adhere, { proposal: "none", kind: "time" }) },
  { what: "adhesions", limit: 60, ask: () => posted(withdrawAdhesion, { proposal: "none" }) },
  { what: "proposals", limit: 20, ask: () => posted(submitProposal, { draft: "none", confirm: "on" }) },
  // Codes of drafts and invitations are guessed no faster.
  { what: "proposals", limit: 20, ask: () => posted(claimDraft, { code: "ABCD-EFGH-JKMN" }) },
  { what: "proposals", limit: 20, ask: () => posted(joinProposal, { code: "ABCD-EFGH-JKMN" }) },
  { what: "uploads", limit: 60, ask: uploading },
] as const)("$what of one person", ({ what, limit, ask }) => {
  it(`are ${limit} within an hour; the next is told when, and another person's is none of them`, async () => {
    for (let number = 1; number < limit; number += 1) await count(what, person);
    const last = await ask();
    expect(last.code).toBeTruthy();
    expect(last.code).not.toBe("too_many_requests");
    expect(await ask()).toMatchObject({
      code: "too_many_requests",
      sentence: expect.stringMatching(/troppe volte in un’ora\. Riprova tra \d+ minuti/),
    });
    request.person = other;
    expect((await ask()).code).toBe(last.code);
  });
});
