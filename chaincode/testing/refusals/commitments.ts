import { City } from "../city";
import { act } from "../founding-inputs";
import { digest } from "../keys";
import { commitment, line, plan, withActive, withOrdered, withSigned } from "../pact-story";
import { people, person, smallComune } from "../people";
import { storyFounding } from "../register";
import { type Refusal, refuses } from "./case";

const committed = async (city: City) => {
  await withActive(city);
  await city.submit(people.officer, "funds:commit", commitment());
};
const planned = async (city: City) => {
  await committed(city);
  await city.submit(people.officer, "funds:planMilestones", plan([600_000, 400_000]));
};
const builders = (city: City) =>
  city.submit(people.officer, "subjects:registerPayee", {
    id: "builders",
    kind: "company",
    digest: digest("b"),
  });
const works = { payee: "builders", type: "direct_works" as const, grantAct: undefined };
const reason = { id: "pact-garden", reasonDigest: digest("reason") };

export const commitmentRefusals: Refusal[] = [
  refuses(
    "invalid_input",
    "a budget no number holds",
    { at: withActive, params: { path: "budgetCents", problem: "too_big" } },
    people.officer,
    "funds:openLine",
    line({ id: "line-x", budgetCents: 2 ** 53 }),
  ),
  refuses(
    "over_budget",
    "a cent more than the line has",
    { at: withActive, params: { limitCents: 5_000_000 } },
    people.officer,
    "funds:commit",
    commitment({ amountCents: 5_000_001 }),
  ),
  refuses(
    "over_budget",
    "a second commitment over what is left",
    { at: committed },
    people.officer,
    "funds:commit",
    commitment({ id: "commitment-2", amountCents: 4_000_001 }),
  ),
  refuses(
    "below_committed",
    "a budget below what is committed",
    { at: committed, params: { committedCents: 1_000_000 } },
    people.officer,
    "funds:changeBudget",
    { id: "line-2026", budgetCents: 999_999, act: act("x") },
  ),
  refuses(
    "wrong_state",
    "money for a pact nobody signed",
    {
      at: async (city) => {
        await withActive(city);
        await city.submit(people.officer, "pacts:suspend", reason);
      },
    },
    people.officer,
    "funds:commit",
    commitment(),
  ),
  refuses(
    "not_found",
    "money for a payee of another municipality",
    {
      at: withActive,
      before: async (city) => {
        const elsewhere = new City(city.state);
        await elsewhere.submit(
          person("service-2", "service", "Comune", smallComune),
          "municipality:found",
          storyFounding({}, true, { municipality: smallComune }),
        );
        await elsewhere.submit(
          person("officer-2", "responsible_officer", "Comune", smallComune),
          "subjects:registerPayee",
          { id: "builders-elsewhere", kind: "company", digest: digest("b") },
        );
      },
      params: { type: "subject", id: "builders-elsewhere" },
    },
    people.officer,
    "funds:commit",
    commitment({ ...works, payee: "builders-elsewhere", cig: "Z123456789" }),
  ),
  refuses(
    "not_a_party",
    "money for a subject outside the pact",
    { at: withActive, before: builders },
    people.officer,
    "funds:commit",
    commitment({ beneficiary: "builders" }),
  ),
  refuses(
    "cup_missing",
    "investment without a CUP",
    { at: withActive },
    people.officer,
    "funds:commit",
    commitment({ cup: undefined }),
  ),
  refuses(
    "invalid_input",
    "a CUP of 14 characters",
    { at: withActive, params: { path: "cup", problem: "invalid_format" } },
    people.officer,
    "funds:commit",
    commitment({ cup: "C11B2600000001" }),
  ),
  refuses(
    "cig_missing",
    "works without a CIG",
    { at: withActive, before: builders },
    people.officer,
    "funds:commit",
    commitment(works),
  ),
  refuses(
    "payee_not_eligible",
    "a contribution to a company",
    { at: withActive, before: builders },
    people.officer,
    "funds:commit",
    commitment({ payee: "builders" }),
  ),
  refuses(
    "payee_not_eligible",
    "a contribution to a body not recognised",
    { at: withSigned },
    people.officer,
    "funds:commit",
    commitment(),
  ),
  refuses(
    "payee_not_eligible",
    "paying a person for works",
    {
      at: withActive,
      before: (city) =>
        city.submit(people.neighbour, "subjects:register", {
          id: "bruno",
          kind: "person",
          digest: digest("b"),
        }),
    },
    people.officer,
    "funds:commit",
    commitment({ ...works, payee: "bruno", cig: "Z123456789" }),
  ),
  refuses(
    "grant_act_missing",
    "a contribution without a grant decision",
    { at: withActive },
    people.officer,
    "funds:commit",
    commitment({ grantAct: undefined }),
  ),
  refuses("act_required", "a commitment without an act", { at: withActive }, people.officer, "funds:commit", {
    ...commitment(),
    act: undefined as never,
  }),
  refuses(
    "already_exists",
    "a commitment twice",
    {
      at: withActive,
      before: (city) => city.submit(people.officer, "funds:commit", commitment({ amountCents: 1 })),
    },
    people.officer,
    "funds:commit",
    commitment({ amountCents: 1 }),
  ),
  refuses(
    "already_exists",
    "publishing a grant twice",
    { at: withOrdered },
    people.officer,
    "funds:publishGrant",
    { commitment: "commitment-1", digest: digest("other row") },
  ),
  refuses(
    "over_commitment",
    "milestones of more than was committed",
    { at: committed, params: { limitCents: 1_000_000 } },
    people.officer,
    "funds:planMilestones",
    plan([600_000, 400_001]),
  ),
  refuses(
    "over_commitment",
    "further milestones when all is planned",
    { at: planned },
    people.officer,
    "funds:planMilestones",
    { ...plan([]), milestones: [{ id: "more", dueOn: "2026-05-01", amountCents: 1, digest: digest("m") }] },
  ),
  refuses(
    "already_exists",
    "a milestone of another commitment",
    {
      at: async (city) => {
        await withActive(city);
        await city.submit(people.officer, "funds:commit", commitment({ amountCents: 900_000 }));
        await city.submit(people.officer, "funds:planMilestones", plan([100]));
      },
      before: (city) =>
        city.submit(people.officer, "funds:commit", commitment({ id: "commitment-2", amountCents: 1 })),
    },
    people.officer,
    "funds:planMilestones",
    { ...plan([1]), commitment: "commitment-2" },
  ),
  refuses(
    "invalid_input",
    "a plan of nothing",
    { at: committed, params: { path: "milestones" } },
    people.officer,
    "funds:planMilestones",
    plan([]),
  ),
  refuses(
    "dates_out_of_order",
    "a milestone due before the commitment",
    { at: committed },
    people.officer,
    "funds:planMilestones",
    {
      ...plan([100]),
      milestones: [{ id: "late-start", dueOn: "2026-02-05", amountCents: 1, digest: digest("m") }],
    },
  ),
];
