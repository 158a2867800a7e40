/** Files as offices have them: each is read for what it says, or refused with its line and the reason. */
import { describe, expect, test } from "vitest";
import { allocate, parseRule } from "@/voting/allocation/rule";
import { parsePabulib } from "@/voting/pabulib/parse";
import { formatDecimal } from "@/voting/rational";

interface Parts {
  readonly budget?: string;
  readonly meta?: readonly string[];
  readonly projects?: readonly string[];
  readonly votes?: readonly string[];
  readonly type?: string;
}

/** An invented file with two projects, of 60 and 50, and two voters. */
function file({ budget = "budget;100", meta = [], projects, votes, type = "approval" }: Parts = {}): string {
  return [
    ...["META", "key;value", "description;p", "country;Italy", "unit;P", "instance;2027"],
    ...["num_projects;2", "num_votes;2", budget, `vote_type;${type}`, ...meta],
    ...["PROJECTS", "project_id;cost;name", ...(projects ?? ["1;60;Uno", "2;50;Due"])],
    ...["VOTES", "voter_id;vote", ...(votes ?? ["1;1", "2;1,2"]), ""],
  ].join("\n");
}

const greedily = (text: string) => {
  const read = parsePabulib(text);
  const { selected, voters, budget, moneyDecimals } = allocate(read.instance, parseRule({ rule: "greedy" }));
  return { selected, voters, budget: formatDecimal(budget, moneyDecimals), void: read.void.length };
};

describe("read for what it says", () => {
  test.each<[string, string, object]>([
    ["money for everything", file({ budget: "budget;1000" }), { selected: ["1", "2"] }],
    [
      "a budget of twenty-five digits",
      file({ budget: "budget;99999999999999999999999.99" }),
      { budget: "99999999999999999999999.99" },
    ],
    ["a blank vote", file({ votes: ["1;", "2;1,2"] }), { selected: ["2"], voters: 2, void: 0 }],
    ["a mark and CR LF", `\uFEFF${file().replaceAll("\n", "\r\n")}`, { selected: ["1"] }],
    ["a decimal comma", file({ budget: "budget;1234,50" }), { budget: "1234.5" }],
    ["an exponent", file({ budget: "budget;1e3" }), { budget: "1000" }],
    [
      "ids that differ by a zero",
      file({ projects: ["01;60;Uno", "1;50;Due"], votes: ["1;01", "2;1"] }),
      { selected: ["1"] },
    ],
    ["no votes", file({ votes: [] }), { selected: ["2"], voters: 0 }],
    ["a quoted word in a name", file({ projects: ['1;60;"Odkup" i my', "2;50;Due"] }), { selected: ["1"] }],
    [
      "a project twice on a ballot",
      file({ votes: ["1;1,1", "2;2"] }),
      { selected: ["2"], voters: 1, void: 1 },
    ],
    ["no money", file({ budget: "budget;0" }), { selected: [], budget: "0" }],
    ["a project that costs nothing", file({ projects: ["1;0;Zero", "2;50;Due"] }), { selected: ["1", "2"] }],
  ])("%s", (_, text, expected) => {
    expect(greedily(text)).toMatchObject(expected);
  });
});

describe("refused with line and reason", () => {
  test.each<[string, string, number, RegExp]>([
    [
      "a vote type in capitals",
      file({ type: "Approval" }),
      10,
      /vote_type is "Approval"; it can be approval/,
    ],
    ["a voter twice", file({ votes: ["1;1", "1;2"] }), 18, /voter_id 1 stands already on line 17/],
    ["no budget", file({ budget: "edition;1" }), 2, /META does not give the budget/],
    [
      "a ; in a name",
      file({ projects: ["1;60;Uno; e mezzo", "2;50;Due"] }),
      13,
      /4 fields .* stands in quotes/,
    ],
    ["tabs", file().replaceAll(";", "\t"), 2, /key;value; fields are separated by ;/],
    [
      "points between thousands",
      file({ budget: "budget;1.000.000" }),
      9,
      /"1.000.000", which is not a number/,
    ],
    ["spaces between thousands", file({ budget: "budget;1 000" }), 9, /"1 000", which is not a number/],
    [
      "a comma at the end of a ballot",
      file({ votes: ["1;1,", "2;1,2"] }),
      17,
      /an id is missing in this list/,
    ],
    ["a project that is not there", file({ votes: ["1;9"] }), 17, /project 9 is not among the PROJECTS/],
    ["a number without end", file({ budget: `budget;0.${"0".repeat(9000)}1` }), 9, /is not a number/],
    [
      "a comment whose rule is cut",
      file({ meta: ['comment;#1: counted by {"rule":}'] }),
      11,
      /cannot be read/,
    ],
    [
      "a comment with an unknown rule",
      file({ meta: ['comment;#1: counted by {"rule":"lottery"}'] }),
      11,
      /no rule lottery/,
    ],
    [
      "a comment with an order of others",
      file({ meta: ['comment;#1: counted by {"rule":"greedy","ties":["1","3"]}'] }),
      11,
      /order for ties does not hold every project once/,
    ],
    [
      "a comment with an order of nothing",
      file({ meta: ['comment;#1: counted by {"rule":"greedy","ties":1}'] }),
      11,
      /not a list/,
    ],
  ])("%s", (_, text, line, reason) => {
    expect(() => parsePabulib(text)).toThrow(
      expect.objectContaining({ line, reason: expect.stringMatching(reason) }),
    );
  });
});

describe("the rule in META", () => {
  const mes = { rule: "mes", completion: "add1", start: "floor", stop: "overspend" };
  test.each<[string, readonly string[], object | null]>([
    ["greedy", ["rule;greedy"], { rule: "greedy" }],
    ["greedy-no-skip", ["rule;greedy-no-skip"], { rule: "greedy", skip: false }],
    [
      "greedy-threshold",
      ["rule;greedy-threshold", "min_project_score_threshold;2"],
      { rule: "greedy", threshold: "2" },
    ],
    ["greedy-threshold without one", ["rule;greedy-threshold"], null],
    ["equalshares", ["rule;equalshares"], { rule: "mes", completion: "none" }],
    [
      "equalshares-comparison",
      ["rule;equalshares-comparison"],
      { rule: "mes", completion: "none", comparison: true },
    ],
    ["equalshares/add1", ["rule;equalshares/add1"], mes],
    ["equalshares/add1-comparison", ["rule;equalshares/add1-comparison"], { ...mes, comparison: true }],
    ["greedy-custom", ["rule;greedy-custom"], null],
    ["unknown", ["rule;unknown"], null],
    ["none", [], null],
    ["toString", ["rule;toString"], null],
    [
      "a comment goes before a name",
      ["rule;greedy", 'comment;#1: a #2: counted by {"rule":"phragmen"} #3: b'],
      { rule: "phragmen" },
    ],
  ])("%s", (_, meta, rule) => {
    expect(parsePabulib(file({ meta })).rule).toEqual(rule && parseRule(rule));
  });

  test.each<[string, readonly string[], object, RegExp | null]>([
    ["the rule it names", ["rule;greedy"], { rule: "greedy" }, null],
    [
      "another rule",
      ["rule;equalshares/add1"],
      { rule: "greedy" },
      /the rule equalshares\/add1, which was not applied/,
    ],
    [
      "a rule of no exact meaning",
      ["rule;greedy-custom"],
      { rule: "greedy" },
      /the rule greedy-custom, which/,
    ],
    ["no rule", ["rule;unknown"], { rule: "greedy" }, null],
    [
      "another rule than the comment's",
      ['comment;#1: counted by {"rule":"phragmen"}'],
      { rule: "greedy" },
      /"rule":"phragmen"/,
    ],
    ["a threshold", ["min_project_score_threshold;2"], { rule: "greedy" }, /at least 2 votes/],
    [
      "a threshold, with another rule",
      ["min_project_score_threshold;2"],
      { rule: "phragmen" },
      /at least 2 votes/,
    ],
    [
      "a threshold that was applied",
      ["min_project_score_threshold;2"],
      { rule: "greedy", threshold: "2" },
      null,
    ],
    [
      "a threshold other than the one applied",
      ["min_project_score_threshold;2"],
      { rule: "greedy", threshold: "1" },
      /2 votes/,
    ],
    [
      "money for each category",
      ["budget_per_category;60,40"],
      { rule: "greedy" },
      /budget_per_category 60,40/,
    ],
    [
      "money for each neighborhood",
      ["budget_per_neighborhood;1,2"],
      { rule: "greedy" },
      /budget_per_neighborhood 1,2/,
    ],
    [
      "choices for each category",
      ["max_length_per_category;1"],
      { rule: "greedy" },
      /max_length_per_category 1/,
    ],
    ["a least cost", ["min_project_cost;55"], { rule: "greedy" }, /min_project_cost 55/],
    [
      "places for each district",
      ["max_length_per_district;2"],
      { rule: "greedy" },
      /max_length_per_district 2/,
    ],
    ["a least number of votes by another name", ["min_votes;10"], { rule: "greedy" }, /min_votes 10/],
    ["a quota", ["quota;droop"], { rule: "phragmen" }, /quota droop/],
    ["other points for places", ["scoring_fn;Dowdall"], { rule: "greedy" }, /scoring_fn Dowdall/],
    ["the points for places that are given", ["scoring_fn;Borda"], { rule: "greedy" }, null],
    ["a word that asks for nothing", ["edition;3", "categories;a,b"], { rule: "greedy" }, null],
  ])("what was not applied is said: %s", (_, meta, rule, note) => {
    const notes = parsePabulib(file({ meta })).notApplied(parseRule(rule));
    if (note === null) expect(notes).toEqual([]);
    else expect(notes).toEqual([expect.stringMatching(note)]);
  });
});
