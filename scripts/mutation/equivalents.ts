/** A change that nothing could notice: the code says the same with it. */
export type Equivalent = {
  file: string;
  /** What stands in the code and what would stand there, as the list of survivors prints them. */
  from: string;
  to: string;
  why: string;
};

export const equivalents: readonly Equivalent[] = [
  {
    file: "chaincode/src/domain/papers.ts",
    from: "[tx.actor]",
    to: "[]",
    why: "What a paper would do is only tried when it is recorded: the witnesses are written when it is confirmed.",
  },
  ...["lastSunday(year, 2) + MS_AN_HOUR", "lastSunday(year, 9) + MS_AN_HOUR"].map((from) => ({
    file: "chaincode/src/domain/days.ts",
    from,
    to: from.replace("+", "-"),
    why: "The hours about the change of the clock are of one day by either time.",
  })),
  {
    ...{ file: "lib/action-client.ts", from: "metadata?.name", to: "metadata.name" },
    why: "Every action has metadata; only the library's type leaves them out.",
  },
  {
    ...{ file: "ledger/embedded/msp/policy.ts", from: "envelope.setVersion(0);", to: ";" },
    why: "An absent number is 0 in protobuf.",
  },
  {
    ...{ file: "ledger/embedded/msp/policy.ts", from: "{ return undefined; }", to: "{}" },
    why: "A function without a result returns undefined.",
  },
];
