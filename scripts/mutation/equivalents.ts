/** A change that nothing could notice: the code says the same with it. */
export type Equivalent = {
  file: string;
  /** What stands in the code and what would stand there, as the list of survivors prints them. */
  from: string;
  to: string;
  why: string;
};

export const equivalents: readonly Equivalent[] = [
  ...["lastSunday(year, 2) + MS_AN_HOUR", "lastSunday(year, 9) + MS_AN_HOUR"].map((from) => ({
    file: "chaincode/src/domain/days.ts",
    from,
    to: from.replace("+", "-"),
    why: "The hours about the change of the clock are of one day by either time.",
  })),
];
