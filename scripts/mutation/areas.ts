/** What is broken on purpose, and by which tests that has to be noticed. */
export type Area = {
  /** Files whose code is changed, one place at a time. */
  mutate: readonly string[];
  /** The tests that cover it: fast enough to run for each change, and without programs of their own. */
  tests: readonly string[];
  /** Least share of the changes that the tests must notice, in per cent. */
  least: number;
  /** Share of the changes that a run tries unless it is asked for all. */
  share: number;
  /** Prepares all tests of the area once, as the project's own configuration does. */
  globalSetup?: string;
};

const embedded = "ledger/embedded";

const code = (...patterns: string[]) => [...patterns, "!**/*.test.ts"];

export const areas = {
  domain: {
    mutate: code("chaincode/src/domain/*.ts"),
    // Without the random walks, which take longer than all others together and would only notice more.
    tests: ["{chaincode/src,protocol}/**/!(walk.property).test.ts"],
    least: 90,
    share: 0.02,
  },
  voting: {
    mutate: code("voting/**/*.ts"),
    // Without what compares with a slow second implementation or runs the command, and would only notice more.
    tests: ["voting/**/*.test.ts", "tests/voting/!(slow|add1|axto|command).test.ts"],
    least: 90,
    share: 0.03,
  },
  ledger: {
    mutate: [
      `${embedded}/store/validator.ts`,
      `${embedded}/msp/policy.ts`,
      `${embedded}/ordering/validation.ts`,
    ],
    tests: [`${embedded}/{ordering,msp,store}/*.test.ts`],
    least: 85,
    share: 0.1,
  },
  outbox: {
    mutate: code("ledger/client/outbox/*.ts"),
    tests: ["ledger/client/outbox/*.test.ts", "tests/integration/ledger/{signing,operations}.test.ts"],
    least: 85,
    share: 0.15,
    globalSetup: "tests/integration/setup.ts",
  },
  services: {
    mutate: code("features/*/service.ts"),
    tests: ["features/**/*.test.ts", "tests/integration/*.test.ts", "tests/integration/actions/*.test.ts"],
    least: 85,
    share: 0.05,
    globalSetup: "tests/integration/setup.ts",
  },
  actions: {
    mutate: ["lib/action-client.ts"],
    tests: ["tests/integration/actions/form-action.test.ts"],
    least: 85,
    share: 0.1,
    globalSetup: "tests/integration/setup.ts",
  },
} as const satisfies Record<string, Area>;

/** In the environment, which is all that the processes of Stryker are given. */
export const areaSetting = "COCITY_MUTATION_AREA";

/** The files that are changed, separated by commas, where they are not all of the area. */
export const filesSetting = "COCITY_MUTATION_FILES";

export type AreaName = keyof typeof areas;

export function isAreaName(name: string): name is AreaName {
  return Object.hasOwn(areas, name);
}
