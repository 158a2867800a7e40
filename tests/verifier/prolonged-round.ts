/** A sealed round whose closing the guarantors put off, and every way of putting it off that the protocol excludes. */
import { randomUUID } from "node:crypto";
import { act } from "@/chaincode/testing/founding-inputs";
import { digest } from "@/chaincode/testing/keys";
import { people } from "@/chaincode/testing/people";
import {
  castGroup,
  firstCasts,
  laterCasts,
  listAll,
  programs,
  publishAll,
  purgeAll,
  reception,
  released,
  trustees,
  withSealedOpen,
} from "@/chaincode/testing/sealed-story";
import type { Actor } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import type { Transaction } from "./chain-maker";
import type { RecordedCity } from "./recorded-city";
import { id, toldOtherwise } from "./sealed-round";
import { Story } from "./story";
import type { Tampering } from "./tampered-ballots";

/** Four days after the instant that is frozen. */
const later = "2026-02-14T20:00:00Z";
const prolonging = (closesAt = later) => ({
  ...{ round: id, closesAt, act: act("prolonged"), reasonDigest: digest("an issuer left people waiting") },
});

/** Acts that the contract refuses, signed at the moment of the honest one. */
const refused = new Map<string, string>();
let told: Promise<Transaction[]> | undefined;

export async function prolongedStory(): Promise<Story> {
  told ??= toldOtherwise(tell, "2026-02-15");
  return new Story(structuredClone(await told));
}

async function tell(city: RecordedCity): Promise<void> {
  await withSealedOpen(city);
  for (const area of [1, 2, 3]) await castGroup(city, await firstCasts(city, area));
  const sign = (name: string, who: Actor, closesAt?: string) => {
    const input = { command: randomUUID(), municipality: who.municipality, ...prolonging(closesAt) };
    refused.set(name, JSON.stringify(city.carriedBy(who, "sealed:prolong", input)));
  };
  sign("officer", people.officer);
  sign("too late", people.guarantor, "2026-03-13T20:00:00Z");
  sign("earlier", people.guarantor, "2026-02-09T20:00:00Z");
  await city.submit(people.guarantor, "sealed:prolong", prolonging());
  sign("again", people.guarantor, "2026-02-20T20:00:00Z");
  const [again = [], third = []] = await laterCasts(city);
  // After the instant that was frozen, and before the later one.
  await city.advanceTo("2026-02-12");
  await castGroup(city, again);
  await city.advanceTo("2026-02-15");
  await castGroup(city, third);
  await city.submit(programs.relay, "sealed:endReception", await reception(city));
  await city.submit(people.service, "rounds:close", { id });
  await listAll(city);
  await purgeAll(city);
  await publishAll(city);
  for (const index of [0, 2]) await city.submit(trustees[index] as never, "sealed:release", released(index));
}

/** What the step writes says another instant, and all that comes after it, with the act that somebody signed for it. */
function putOffTo(story: Story, step: Transaction, closesAt: string, signed?: string): Story {
  if (signed) step.argument = refused.get(signed) ?? "";
  story.editFrom(step, "round", (round) => {
    round.prolongedTo = closesAt;
  });
  return story.editFrom(step, "sealing", (sealing) => {
    sealing.prolonged = { ...(sealing.prolonged as Prolonged), closesAt };
  });
}
type Prolonged = NonNullable<RecordOf<"sealing">["prolonged"]>;

export const prolongingTamperings: readonly Tampering[] = [
  [
    "the closing is put off once it has come",
    ["freeze"],
    (s) => {
      const step = s.move(s.the("sealed:prolong"), s.the("sealed:cast", -1)).the("sealed:prolong");
      const late = s.the("sealed:cast", -1);
      [step.at, step.event] = [late.at, step.event.replace(/"day":"[^"]+"/, `"day":"2026-02-15"`)];
    },
  ],
  [
    "an office puts the closing off alone",
    ["writers", "freeze"],
    (s) => {
      const step = s.the("sealed:prolong");
      step.argument = refused.get("officer") ?? "";
      s.editFrom(step, "sealing", (sealing) => {
        sealing.prolonged = { ...(sealing.prolonged as Prolonged), by: people.officer.person };
      });
    },
  ],
  [
    "the closing is put off a second time",
    ["freeze"],
    (s) => {
      const step = s.repeat(s.the("sealed:prolong"));
      putOffTo(s, step, "2026-02-20T20:00:00Z", "again").until(step);
    },
  ],
  [
    "the closing is put off further than the rule allows",
    ["freeze"],
    (s) => {
      putOffTo(s, s.the("sealed:prolong"), "2026-03-13T20:00:00Z", "too late").until(s.the("sealed:prolong"));
    },
  ],
  [
    "the closing is brought forward",
    ["freeze"],
    (s) => {
      putOffTo(s, s.the("sealed:prolong"), "2026-02-09T20:00:00Z", "earlier");
    },
  ],
  [
    "the closing is put off to another instant than the guarantors signed",
    ["freeze"],
    (s) => {
      putOffTo(s, s.the("sealed:prolong"), "2026-02-14T21:00:00Z");
    },
  ],
  [
    "the round is put off to another instant than its sealing",
    ["freeze"],
    (s) => {
      s.editFrom(s.the("sealed:prolong"), "round", (round) => {
        round.prolongedTo = "2026-02-14T21:00:00Z";
      });
    },
  ],
  [
    "another step writes in the sealing that the closing was put off further",
    ["freeze"],
    (s) => {
      s.editFrom(s.the("sealed:endReception"), "sealing", (sealing) => {
        sealing.prolonged = { ...(sealing.prolonged as Prolonged), closesAt: "2026-02-20T20:00:00Z" };
      });
    },
  ],
  [
    "it is taken back that the closing was put off",
    ["freeze"],
    (s) => {
      s.editFrom(s.the("rounds:close"), "round", (round) => {
        delete round.prolongedTo;
      });
    },
  ],
  [
    "few keys are written after the instant that was frozen, and before the later one",
    ["groups"],
    async (s) => {
      const step = s.the("sealed:cast", 3);
      const voters = await s.voters(1, 2);
      s.recast(step, await Promise.all(voters.map((voter) => s.cast(voter, [2], 2)))).until(step);
    },
  ],
];
