import { expect, test, vi } from "vitest";
import { canonicalJson } from "../../../protocol/canonical-json";
import type { InputOf } from "../../../protocol/transactions";
import { City } from "../../testing/city";
import { digest } from "../../testing/keys";
import { commitment, friendsCode, pactAct, payAct, plan, withActive } from "../../testing/pact-story";
import { people, torino } from "../../testing/people";

vi.setConfig({ testTimeout: 60_000 });

type Commitment = Partial<InputOf<"funds:commit">>;

/** Takes one commitment as far as its order. @returns the code it is refused with, or `ordered` */
async function order(city: City, id: string, cents: number): Promise<string> {
  const payment = `payment-${id}`;
  const milestone = `${id}-m1`;
  await city.submit(people.resident, "payments:request", { id: payment, milestone, amountCents: cents });
  await city.submit(people.officer, "payments:check", { id: payment });
  await city.submit(people.accountant, "payments:liquidate", { id: payment, act: payAct("liquidation") });
  try {
    await city.submit(people.secondAccountant, "payments:order", { id: payment, orderNumber: id });
    return "ordered";
  } catch (error) {
    return (error as { code: string }).code;
  }
}

/** Commitments with one milestone each, all accepted. */
async function accepted(city: City, commitments: readonly Commitment[]): Promise<void> {
  for (const given of commitments) {
    const whole = commitment(given);
    await city.submit(people.officer, "funds:commit", whole);
    await city.submit(people.officer, "funds:planMilestones", plan([whole.amountCents], whole.id));
    const id = `${whole.id}-m1`;
    await city.submit(people.resident, "milestones:submitEvidence", {
      id,
      evidence: [digest(`photo ${id}`)],
    });
    await city.submit(people.coordinator, "milestones:verify", { id, reportHash: digest("visit") });
  }
  await city.advanceTo("2026-02-16");
  for (const given of commitments) {
    const { id, amountCents } = commitment(given);
    await city.submit(people.officer, "milestones:accept", { id: `${id}-m1`, acceptedCents: amountCents });
  }
}

/** The same body, registered once more under another name by a neighbour. */
async function twin(city: City, code: string): Promise<void> {
  await city.submit(people.neighbour, "subjects:register", {
    id: "garden-twin",
    kind: "association",
    digest: digest("garden twin"),
  });
  const recognition = { id: "garden-twin", code, act: pactAct("eligibility") };
  await city.submit(people.officer, "subjects:recogniseEligibility", recognition);
  await city.submit(people.giunta, "proposals:allowBeyond", {
    ...{ id: "garden", lines: [], beneficiaries: ["garden-twin"], act: pactAct("beyond") },
  });
}

test("a grant of the threshold and not a cent more is ordered without being published", async () => {
  const city = await City.after(withActive);
  await accepted(city, [{ id: "one", amountCents: 100_000 }]);
  expect(await order(city, "one", 100_000)).toBe("ordered");
  const above = await City.after(withActive);
  await accepted(above, [{ id: "one", amountCents: 100_001 }]);
  expect(await order(above, "one", 100_001)).toBe("grant_not_published");
});

test("a grant divided over one body registered twice is published all the same", async () => {
  const city = await City.after(withActive);
  await twin(city, friendsCode);
  await accepted(city, [
    { id: "one", amountCents: 60_000 },
    { id: "two", amountCents: 60_000, payee: "garden-twin" },
  ]);
  expect(await order(city, "one", 60_000)).toBe("grant_not_published");
  expect(await order(city, "two", 60_000)).toBe("grant_not_published");
});

test("grants to two bodies are two sums", async () => {
  const city = await City.after(withActive);
  await twin(city, "99999990015");
  await accepted(city, [
    { id: "one", amountCents: 60_000 },
    { id: "two", amountCents: 60_000, payee: "garden-twin" },
  ]);
  expect(await order(city, "one", 60_000)).toBe("ordered");
  expect(await order(city, "two", 60_000)).toBe("ordered");
});

test("a grant called goods is published all the same", async () => {
  const city = await City.after(withActive);
  const goods = { type: "goods" as const, grantAct: undefined, cig: "Z123456789" };
  await accepted(city, [
    { id: "one", amountCents: 60_000 },
    { id: "two", amountCents: 60_000, ...goods },
  ]);
  expect(await order(city, "two", 60_000)).toBe("grant_not_published");
});

test("goods bought of a company are no grant", async () => {
  const city = await City.after(withActive);
  const shop = { id: "shop", kind: "company" as const, digest: digest("shop") };
  await city.submit(people.officer, "subjects:registerPayee", shop);
  const goods = { type: "goods" as const, grantAct: undefined, cig: "Z123456789", payee: "shop" };
  await accepted(city, [{ id: "one", amountCents: 500_000, ...goods }]);
  expect(await order(city, "one", 500_000)).toBe("ordered");
});

test("what is released does not count any more", async () => {
  const city = await City.after(withActive);
  await city.submit(people.officer, "funds:commit", commitment({ id: "other", amountCents: 60_000 }));
  await city.submit(people.officer, "funds:release", {
    ...{ commitment: "other", amountCents: 60_000, reasonDigest: digest("reason") },
    act: pactAct("release"),
  });
  await accepted(city, [{ id: "one", amountCents: 60_000 }]);
  expect(await order(city, "one", 60_000)).toBe("ordered");
});

test("what the first version granted by registration alone counts with what came after", async () => {
  const city = await City.after(withActive);
  await city.submit(people.officer, "funds:commit", commitment({ id: "before", amountCents: 60_000 }));
  city.state.forget([torino, "grant_total", friendsCode, "2026"]);
  const { payeeCode: _, ...old } = city.record("commitment", "before");
  const simulation = city.state.simulate();
  await simulation.put([torino, "commitment", "before"], canonicalJson(old));
  city.state.commit(simulation);
  await accepted(city, [{ id: "after", amountCents: 60_000 }]);
  expect(await order(city, "after", 60_000)).toBe("grant_not_published");
});

test("a grant divided over two codes of one registration is published all the same", async () => {
  const city = await City.after(withActive);
  await city.submit(people.officer, "funds:commit", commitment({ id: "before", amountCents: 60_000 }));
  const recognition = { id: "garden-friends", code: "99999990015", act: pactAct("another code") };
  await city.submit(people.officer, "subjects:recogniseEligibility", recognition);
  await accepted(city, [{ id: "after", amountCents: 60_000 }]);
  expect(await order(city, "after", 60_000)).toBe("grant_not_published");
});

test("what is released is taken from the sums it was added to, whatever code the body has by then", async () => {
  const city = await City.after(withActive);
  await city.submit(people.officer, "funds:commit", commitment({ id: "other", amountCents: 60_000 }));
  const recognition = { id: "garden-friends", code: "99999990015", act: pactAct("another code") };
  await city.submit(people.officer, "subjects:recogniseEligibility", recognition);
  await city.submit(people.officer, "funds:release", {
    ...{ commitment: "other", amountCents: 60_000, reasonDigest: digest("reason") },
    act: pactAct("release"),
  });
  for (const key of [friendsCode, "garden-friends"])
    expect(city.state.get([torino, "grant_total", key, "2026"])).toEqual({ cents: 0 });
});
