import { expect, test } from "vitest";
import { type TransactionName, transactions } from "../transactions";
import { submissionOf } from "./roles";
import { seenBy } from "./seen";

test("every transaction that somebody in office can sign says what they must have seen, and no other", () => {
  const names = Object.keys(transactions) as TransactionName[];
  const signed = names.filter((name) =>
    transactions[name].roles.some((role) => submissionOf(role) === "act"),
  );
  expect(Object.keys(seenBy).sort()).toEqual(signed.sort());
});
