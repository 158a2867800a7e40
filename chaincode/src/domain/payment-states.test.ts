import { expect, test, vi } from "vitest";
import type { RecordOf } from "../../../protocol/records";
import { City } from "../../testing/city";
import { digest } from "../../testing/keys";
import { type Attempt, attempt, letThrough } from "../../testing/machine";
import {
  commitment,
  pactAct,
  payAct,
  plan,
  withAccepted,
  withActive,
  withOrdered,
} from "../../testing/pact-story";
import { people } from "../../testing/people";

vi.setConfig({ testTimeout: 60_000 });

type MilestoneState = RecordOf<"milestone">["state"];
type PaymentState = RecordOf<"payment">["state"];
type Step = (city: City) => Promise<void>;
const milestone = "commitment-1-m1";
const payment = "payment-1";
const reasonDigest = digest("reason");
const cancellation = { id: milestone, reasonDigest, act: pactAct("cancel") };

const planned: Step = async (city) => {
  await withActive(city);
  await city.submit(people.officer, "funds:commit", commitment());
  await city.submit(people.officer, "funds:planMilestones", plan([600_000, 400_000]));
};
const given: Step = async (city) => {
  await planned(city);
  await city.submit(people.resident, "milestones:submitEvidence", {
    id: milestone,
    evidence: [digest("photo")],
  });
};
const verified: Step = async (city) => {
  await given(city);
  await city.submit(people.district, "milestones:verify", { id: milestone, reportHash: digest("visit") });
  await city.submit(people.coordinator, "milestones:countersign", {
    id: milestone,
    reportHash: digest("again"),
  });
  await city.advanceTo("2026-02-16");
};
const milestoneWays: Record<MilestoneState, Step> = {
  planned,
  evidence_submitted: given,
  verified,
  accepted: withAccepted,
  partially_accepted: async (city) => {
    await verified(city);
    await city.submit(people.officer, "milestones:accept", {
      id: milestone,
      acceptedCents: 599_999,
      reasonDigest,
    });
  },
  cancelled: async (city) => {
    await planned(city);
    await city.submit(people.officer, "milestones:cancel", cancellation);
  },
  rejected: async (city) => {
    await verified(city);
    await city.submit(people.officer, "milestones:reject", { id: milestone, reasonDigest });
  },
};
const milestoneAttempts: Attempt[] = [
  attempt(people.resident, "milestones:submitEvidence", { id: milestone, evidence: [digest("photo")] }),
  attempt(people.coordinator, "milestones:verify", { id: milestone, reportHash: digest("visit") }),
  attempt(people.coordinator, "milestones:returnEvidence", { id: milestone, reasonDigest }),
  attempt(people.officer, "milestones:accept", { id: milestone, acceptedCents: 600_000 }),
  attempt(people.officer, "milestones:reject", { id: milestone, reasonDigest }),
  attempt(people.officer, "milestones:cancel", cancellation),
  attempt(people.neighbour, "milestones:object", { id: "objection-1", milestone, digest: digest("why") }),
  attempt(people.guarantor, "milestones:countersign", { id: milestone, reportHash: digest("again") }),
  attempt(people.resident, "payments:request", { id: payment, milestone, amountCents: 100 }),
];
const milestoneAllowed: Record<MilestoneState, string[]> = {
  planned: ["milestones:submitEvidence", "milestones:cancel"],
  evidence_submitted: ["milestones:verify", "milestones:returnEvidence", "milestones:cancel"],
  verified: ["milestones:accept", "milestones:reject", "milestones:object", "milestones:countersign"],
  accepted: ["payments:request", "milestones:countersign"],
  partially_accepted: ["payments:request", "milestones:countersign"],
  rejected: [],
  cancelled: [],
};

test.each(Object.keys(milestoneWays) as MilestoneState[])("a milestone that is %s", async (state) => {
  const stage: Step = async (city) => {
    await milestoneWays[state](city);
    expect(city.record("milestone", milestone).state).toBe(state);
  };
  const passed = await letThrough(stage, milestone, milestoneAttempts, ["milestone_not_accepted"]);
  expect(passed.sort()).toEqual([...milestoneAllowed[state]].sort());
});

const requested: Step = async (city) => {
  await withAccepted(city);
  await city.submit(people.resident, "payments:request", { id: payment, milestone, amountCents: 600_000 });
};
const checked: Step = async (city) => {
  await requested(city);
  await city.submit(people.officer, "payments:check", { id: payment });
};
const outcome = { id: payment, reference: "CRO 1", on: "2026-02-16", documentHash: digest("receipt") };
const paymentWays: Record<PaymentState, Step> = {
  requested,
  checked,
  liquidated: async (city) => {
    await checked(city);
    await city.submit(people.accountant, "payments:liquidate", { id: payment, act: payAct("liquidation") });
  },
  ordered: withOrdered,
  paid: async (city) => {
    await withOrdered(city);
    await city.submit(people.treasurer, "payments:recordPaid", outcome);
  },
  refused: async (city) => {
    await requested(city);
    await city.submit(people.officer, "payments:refuse", { id: payment, reasonDigest });
  },
  returned: async (city) => {
    await withOrdered(city);
    await city.submit(people.treasurer, "payments:recordReturned", outcome);
  },
};
const paymentAttempts: Attempt[] = [
  attempt(people.officer, "payments:check", { id: payment }),
  attempt(people.officer, "payments:reduce", { id: payment, amountCents: 1, reasonDigest }),
  attempt(people.accountant, "payments:liquidate", { id: payment, act: payAct("liquidation") }),
  attempt(people.secondAccountant, "payments:order", { id: payment, orderNumber: "1" }),
  attempt(people.officer, "payments:refuse", { id: payment, reasonDigest }),
  attempt(people.treasurer, "payments:recordPaid", outcome),
  attempt(people.treasurer, "payments:recordReturned", outcome),
  attempt(people.treasurer, "payments:recover", {
    id: payment,
    amountCents: 1,
    reference: "R",
    documentHash: digest("r"),
  }),
];
const paymentAllowed: Record<PaymentState, string[]> = {
  requested: ["check", "reduce", "refuse"],
  checked: ["reduce", "liquidate", "refuse"],
  liquidated: ["order", "refuse"],
  ordered: ["recordPaid", "recordReturned"],
  paid: ["recover"],
  returned: [],
  refused: [],
};

test.each(Object.keys(paymentWays) as PaymentState[])("a payment that is %s", async (state) => {
  const stage: Step = async (city) => {
    await paymentWays[state](city);
    expect(city.record("payment", payment).state).toBe(state);
  };
  const passed = await letThrough(stage, payment, paymentAttempts);
  expect(passed.map((name) => name.replace("payments:", "")).sort()).toEqual(
    [...paymentAllowed[state]].sort(),
  );
});

test("what was returned or reduced can be asked for again, and no more", async () => {
  const city = await City.after(paymentWays.returned);
  const request = { milestone, amountCents: 600_000 };
  await city.submit(people.resident, "payments:request", { id: "payment-2", ...request });
  await city.submit(people.officer, "payments:reduce", {
    id: "payment-2",
    amountCents: 100_000,
    reasonDigest,
  });
  expect(city.record("payment", "payment-2")).toMatchObject({
    amountCents: 500_000,
    reductions: [{ amountCents: 100_000, by: people.officer }],
  });
  const rest = { id: "payment-3", milestone, amountCents: 100_001 };
  expect(await city.refusal(people.resident, "payments:request", rest)).toBe("over_accepted");
  await city.submit(people.resident, "payments:request", { ...rest, amountCents: 100_000 });
});

test("a grant divided in two is published all the same", async () => {
  const city = await City.after(withActive);
  for (const name of ["one", "two"]) {
    const part = { id: `commitment-${name}`, amountCents: 60_000 };
    await city.submit(people.officer, "funds:commit", commitment(part));
    await city.submit(people.officer, "funds:planMilestones", plan([60_000], part.id));
    const id = `${part.id}-m1`;
    await city.submit(people.resident, "milestones:submitEvidence", {
      id,
      evidence: [digest(`photo ${id}`)],
    });
    await city.submit(people.coordinator, "milestones:verify", { id, reportHash: digest("visit") });
  }
  await city.advanceTo("2026-02-16");
  const id = "payment-one";
  await city.submit(people.officer, "milestones:accept", { id: "commitment-one-m1", acceptedCents: 60_000 });
  await city.submit(people.resident, "payments:request", {
    id,
    milestone: "commitment-one-m1",
    amountCents: 60_000,
  });
  await city.submit(people.officer, "payments:check", { id });
  await city.submit(people.accountant, "payments:liquidate", { id, act: payAct("liquidation") });
  const order = { id, orderNumber: "1" };
  expect(await city.refusal(people.secondAccountant, "payments:order", order)).toBe("grant_not_published");
  await city.submit(people.officer, "funds:publishGrant", {
    commitment: "commitment-one",
    digest: digest("row"),
  });
  await city.submit(people.secondAccountant, "payments:order", order);
});

test("one accountant clears and orders once the settings say that there is no other, and not before", async () => {
  const city = await City.after(withAccepted);
  const id = "payment-alone";
  await city.submit(people.resident, "payments:request", {
    ...{ id, milestone: "commitment-1-m1", amountCents: 600_000 },
  });
  await city.submit(people.officer, "payments:check", { id });
  await city.submit(people.accountant, "payments:liquidate", { id, act: payAct("liquidation") });
  const row = { commitment: "commitment-1", digest: digest("row") };
  await city.submit(people.officer, "funds:publishGrant", row);
  const order = { id, orderNumber: "77" };
  expect(await city.refusal(people.accountant, "payments:order", order)).toBe("same_person");
  const settings = { ...city.record("municipality", "001272").settings, oneAccountant: true };
  await city.submit(people.administrator, "municipality:proposeSettings", {
    ...{ settings, act: payAct("one accountant") },
  });
  expect(await city.refusal(people.accountant, "payments:order", order)).toBe("same_person");
  await city.submit(people.guarantor, "municipality:confirmSettings", { settings });
  await city.submit(people.accountant, "payments:order", order);
  const { liquidatedBy, orderedBy } = city.record("payment", id);
  expect(orderedBy?.person).toBe(liquidatedBy?.person);
});

test("the accounting office turns down what it does not clear", async () => {
  const city = await City.after(withAccepted);
  const id = "payment-refused";
  await city.submit(people.resident, "payments:request", {
    ...{ id, milestone: "commitment-1-m1", amountCents: 600_000 },
  });
  await city.submit(people.officer, "payments:check", { id });
  await city.submit(people.accountant, "payments:refuse", { id, reasonDigest: digest("no cover") });
  expect(city.record("payment", id).state).toBe("refused");
});
