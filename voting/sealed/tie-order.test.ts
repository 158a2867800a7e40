import * as fc from "fast-check";
import { expect, test } from "vitest";
import { bytes } from "./testing/trial-round";
import { isTieReveal, tieCommitment, tieOrder } from "./tie-order";

const secrets = [bytes("r1"), bytes("r2"), bytes("r3")] as const;
const projects = ["alpha", "beta", "gamma", "delta", "epsilon"];

test("a commitment opens for its issuer, round and secret only", () => {
  const commitment = tieCommitment("round-1", 1, secrets[0]);
  expect(isTieReveal("round-1", 1, commitment, secrets[0])).toBe(true);
  expect(isTieReveal("round-1", 2, commitment, secrets[0])).toBe(false);
  expect(isTieReveal("round-2", 1, commitment, secrets[0])).toBe(false);
  expect(isTieReveal("round-1", 1, commitment, secrets[1])).toBe(false);
  expect(isTieReveal("round-1", 1, commitment, secrets[0].slice(1))).toBe(false);
});

test("the order does not depend on the order asked in, and every issuer changes it", () => {
  const order = tieOrder(secrets, projects);
  expect([...order].sort()).toEqual([...projects].sort());
  fc.assert(
    fc.property(fc.shuffledSubarray(projects, { minLength: projects.length }), (shuffled) => {
      expect(tieOrder(secrets, shuffled)).toEqual(order);
    }),
  );
  for (const issuer of [0, 1, 2]) {
    const orders = Array.from({ length: 20 }, (_, i) =>
      tieOrder(secrets.with(issuer, bytes(`try ${i}`)) as never, projects).join(),
    );
    expect(new Set(orders).size).toBeGreaterThan(10);
  }
});
