import { expect, test } from "vitest";
import { type TransactionName, transactions } from "../transactions";
import { seenBy } from "./seen";
import { submissionFor } from "./submission";

test("every transaction that somebody can sign says what they must have seen, and no other", () => {
  const names = Object.keys(transactions) as TransactionName[];
  const signed = names.filter((name) =>
    transactions[name].roles.some((role) => submissionFor(name, role) === "act"),
  );
  expect(Object.keys(seenBy).sort()).toEqual(signed.sort());
});
