/** Lines, commitments, milestones, payments, reports. */
import { z } from "zod";
import { Act, Cents, CentsOrZero, Day, Digest, Id, Label, Reference, Year } from "../primitives";
import { paymentTypes } from "../records/money";
import { bindingTerms } from "./binding";
import { accountant, define, input, officer } from "./definition";

export const moneyTransactions = {
  "funds:openLine": define(
    officer,
    input({
      id: Id,
      fund: Label,
      name: Label,
      year: Year,
      kind: z.enum(["investment", "current"]),
      budgetCents: Cents,
      act: Act,
      fictional: z.boolean(),
    }),
  ),
  "funds:changeBudget": define(officer, input({ id: Id, budgetCents: Cents, act: Act })),
  "funds:commit": define(
    officer,
    input({
      id: Id,
      line: Id,
      pact: Id,
      beneficiary: Id,
      payee: Id,
      type: z.enum(paymentTypes),
      amountCents: Cents,
      cup: z
        .string()
        .regex(/^[A-Z0-9]{15}$/)
        .optional(),
      cig: z
        .string()
        .regex(/^[A-Z0-9]{10}$/)
        .optional(),
      act: Act,
      grantAct: Act.optional(),
      fictional: z.boolean(),
    }),
  ),
  "funds:publishGrant": define(officer, input({ commitment: Id, digest: Digest })),
  "funds:planMilestones": define(
    ["responsible_officer", "coordinator"],
    input({
      commitment: Id,
      milestones: z.array(z.strictObject({ id: Id, dueOn: Day, amountCents: Cents, digest: Digest })).max(50),
      reports: z.array(z.strictObject({ id: Id, kind: z.enum(["annual", "final"]), dueOn: Day })).max(20),
    }),
  ),
  /** Gives money back to its line, by an act: what no milestone plans, or what was accepted of one and never asked for. */
  "funds:release": define(
    officer,
    input({ commitment: Id, milestone: Id.optional(), amountCents: Cents, reasonDigest: Digest, act: Act }),
  ),
  /**
   * Carries over to the running year what is committed on a line of a year that is over and was not done in it, by the
   * act of *riaccertamento*: to a line of the same fund, or to one that is opened with this name, of this year.
   */
  "funds:carryOver": define(
    accountant,
    input({
      ...{ id: Id, commitment: Id, line: Id, amountCents: Cents, act: Act },
      ...{ name: Label.optional(), year: Year.optional() },
    }),
  ),
  /** Lets what was accepted under a pact that has ended be paid, by an act of somebody else than whoever pays. */
  "funds:allowSettlement": define(["giunta"], input({ commitment: Id, act: Act })),
  /** Cancels a milestone that nobody verified, by an act: its amount can be planned again or released. */
  "milestones:cancel": define(officer, input({ id: Id, reasonDigest: Digest, act: Act })),
  /** Another organisation's eyes on a verified milestone, where the first visit was by the one that pays. */
  "milestones:countersign": define(["coordinator", "guarantor"], input({ id: Id, reportHash: Digest })),
  "milestones:submitEvidence": define(["resident"], input(bindingTerms["milestones:submitEvidence"])),
  "milestones:verify": define(["coordinator", "district_council"], input({ id: Id, reportHash: Digest })),
  /** Sends evidence back to be completed: the milestone is planned again, the reason is on the chain. */
  "milestones:returnEvidence": define(
    ["coordinator", "district_council"],
    input({ id: Id, reasonDigest: Digest }),
  ),
  "milestones:accept": define(
    officer,
    input({ id: Id, acceptedCents: CentsOrZero, reasonDigest: Digest.optional() }),
  ),
  "milestones:reject": define(officer, input({ id: Id, reasonDigest: Digest })),
  /** Anybody who has signed in, wherever they live, while a verification is not decided on. */
  "milestones:object": define(["resident"], input({ id: Id, milestone: Id, digest: Digest })),
  "milestones:decideObjection": define(
    ["guarantor"],
    input({ id: Id, objection: Id, upheld: z.boolean(), digest: Digest }),
  ),
  "payments:request": define(["resident"], input(bindingTerms["payments:request"])),
  "payments:check": define(officer, input({ id: Id })),
  "payments:reduce": define(officer, input({ id: Id, amountCents: Cents, reasonDigest: Digest })),
  /** Turns a request down before it is ordered: the amount can be asked for again or released. */
  "payments:refuse": define([...officer, ...accountant], input({ id: Id, reasonDigest: Digest })),
  /** The accounting part of the liquidation, with the accounting office's visto. */
  "payments:liquidate": define(accountant, input({ id: Id, act: Act })),
  "payments:order": define(accountant, input({ id: Id, orderNumber: Reference(40) })),
  "payments:recordPaid": define(
    ["treasurer"],
    input({ id: Id, reference: Reference(80), on: Day, documentHash: Digest }),
  ),
  "payments:recordReturned": define(
    ["treasurer"],
    input({ id: Id, reference: Reference(80), on: Day, documentHash: Digest }),
  ),
  "payments:recover": define(
    ["treasurer"],
    input({ id: Id, amountCents: Cents, reference: Reference(80), documentHash: Digest }),
  ),
  "reports:submit": define(["resident"], input(bindingTerms["reports:submit"])),
} as const;
