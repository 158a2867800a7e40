/** The way out of everything that is open, taken by people of the offices who have no part in it yet. */

import { addDays } from "../../protocol/days";
import type { RecordOf, RecordType } from "../../protocol/records";
import { endedStates, notYetActive } from "../../protocol/records/pacts";
import type { City } from "./city";
import { act } from "./founding-inputs";
import { digest } from "./keys";
import { person, torino } from "./people";

const reasonDigest = digest("reason");
const officer = person("new-officer", "responsible_officer", "Comune");
const coordinator = person("new-coordinator", "coordinator", "Case");
const guarantor = person("new-guarantor", "guarantor", "Garanti");
const treasurer = person("new-treasurer", "treasurer", "Comune");
const service = person("new-service", "service", "Garanti");

const all = <T extends RecordType>(city: City, type: T) => city.state.all<RecordOf<T>>(torino, type);

/** Ends every payment, milestone, commitment, pact and funded proposal of a city; throws where one has no end. */
export async function finish(city: City): Promise<void> {
  // Past every day for challenging, without waiting for anybody.
  const today = addDays(city.record("day", "day").day, 30);
  await city.submit(service, "municipality:advanceDay", { day: today });
  const authority = { reasonDigest, act: act("way out", "determina", today) };
  for (const { id, state } of all(city, "payment")) {
    if (["requested", "checked", "liquidated"].includes(state))
      await city.submit(officer, "payments:refuse", { id, reasonDigest });
    if (state === "ordered")
      await city.submit(treasurer, "payments:recordReturned", {
        ...{ id, reference: `end of ${id}`, on: today },
        documentHash: digest(`end of ${id}`),
      });
  }
  for (const { id, state, verifiedBy, countersigned } of all(city, "milestone")) {
    if (["planned", "evidence_submitted"].includes(state))
      await city.submit(officer, "milestones:cancel", { id, ...authority });
    if (state !== "verified") continue;
    if (verifiedBy?.organisation === "Comune" && !countersigned) {
      const visitor = verifiedBy.person === coordinator.person ? guarantor : coordinator;
      await city.submit(visitor, "milestones:countersign", { id, reportHash: digest("visit") });
    }
    await city.submit(officer, "milestones:reject", { id, reasonDigest });
  }
  for (const { id, commitment, acceptedCents, requestedCents } of all(city, "milestone"))
    if (acceptedCents > requestedCents)
      await city.submit(officer, "funds:release", {
        ...{ commitment, milestone: id, amountCents: acceptedCents - requestedCents, ...authority },
      });
  for (const { id, amountCents, plannedCents } of all(city, "commitment"))
    if (amountCents > plannedCents)
      await city.submit(officer, "funds:release", {
        ...{ commitment: id, amountCents: amountCents - plannedCents, ...authority },
      });
  // Renewals first: with one that is given up the proposal has the pact it was to renew again.
  const pacts = all(city, "pact").sort((a, b) => Number(Boolean(b.renews)) - Number(Boolean(a.renews)));
  for (const { id, state } of pacts) {
    if (notYetActive.some((early) => early === state))
      await city.submit(officer, "pacts:withdraw", { id, ...authority });
    if (state === "active" || state === "suspended")
      await city.submit(officer, "pacts:terminate", { id, reasonDigest });
  }
  for (const { id, state } of all(city, "proposal"))
    if (["funded", "co_design", "pact_ready"].includes(state))
      await city.submit(coordinator, "proposals:abandon", { id, ...authority });
}

/** What is still open of money and pacts after that. */
export function openMatters(city: City): string[] {
  const name = (type: RecordType, { id, state }: { id: string; state: string }) =>
    `${type} ${id} is ${state}`;
  return [
    ...all(city, "payment")
      .filter(({ state }) => !["paid", "returned", "refused"].includes(state))
      .map((payment) => name("payment", payment)),
    ...all(city, "milestone")
      .filter(({ state }) => !["accepted", "partially_accepted", "rejected", "cancelled"].includes(state))
      .map((milestone) => name("milestone", milestone)),
    ...all(city, "pact")
      .filter(({ state }) => !endedStates.includes(state))
      .map((pact) => name("pact", pact)),
    ...all(city, "proposal")
      .filter(({ state }) => ["funded", "co_design", "pact_ready"].includes(state))
      .map((proposal) => name("proposal", proposal)),
    ...all(city, "commitment").flatMap(({ id, amountCents }) => {
      const paid = all(city, "payment").filter(
        ({ commitment, state }) => commitment === id && state === "paid",
      );
      const cents = paid.reduce((sum, payment) => sum + payment.amountCents - payment.recoveredCents, 0);
      return cents === amountCents
        ? []
        : [`of commitment ${id} ${amountCents - cents} cents are neither paid nor free`];
    }),
  ];
}
