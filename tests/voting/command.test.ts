/** The command as a person runs it: what it prints, where, and how it ends. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundled } from "@/lib/programs";
import { parseRule } from "@/voting/allocation/rule";

const root = fileURLToPath(new URL("../..", import.meta.url));
const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cocity-allocate-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function put(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe("--json prints one object", () => {
  test("with every key of Equal Shares", async () => {
    const { code, stdout, stderr } = await allocate([
      fixture("quoting-crlf-bom.pb"),
      "--rule",
      "mes",
      "--comparison",
      "--json",
    ]);
    const note = "META asks for the rule greedy, which was not applied";
    expect([code, stderr]).toEqual([0, `${fixture("quoting-crlf-bom.pb")}: ${note}\n`]);
    const { milliseconds, ...figures } = JSON.parse(stdout) as Record<string, unknown>;
    expect(milliseconds).toBeTypeOf("number");
    expect(figures).toEqual({
      // Equal Shares takes P-a, P-b and 7, and P-c does not fit any more; x3 and x5 prefer greedy, x2 does not.
      selected: ["P-a", "P-b", "P-c"],
      cost: "1000.5",
      budget: "1000.5",
      voters: 5,
      endowment: "2001/10",
      iterations: 0,
      stop: "exhaustive",
      comparison: { prefersOutcome: 1, prefersGreedy: 2 },
      rule: parseRule({ rule: "mes", comparison: true }),
      ties: [],
      notes: [note],
      void: 0,
    });
  });

  test("through npm, on standard output alone", async () => {
    const args = ["run", "--silent", "allocate", "--", fixture("ties.pb"), "--rule", "greedy", "--json"];
    const { code, stdout } = await run("npm", args);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      selected: ["c1", "c4", "c2", "c3", "c6"],
      cost: "19",
      endowment: null,
    });
  });

  test("with the reasons of void ballots", async () => {
    const { stdout } = await allocate([fixture("cumulative.pb"), "--rule", "phragmen", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      voters: 5,
      void: 2,
      voidBallots: [
        { voter: "5", line: 28, reason: "points-too-high", points: "6", most: "5" },
        { voter: "6", line: 29, reason: "too-many-choices", choices: "4", most: "3" },
      ],
    });
  });
});

describe("options reach the rule", () => {
  test.each<[string, string[], object]>([
    ["--no-skip", ["greedy", "--no-skip"], { selected: ["c1", "c4", "c2"], stop: "first-not-fitting" }],
    ["--threshold", ["greedy", "--threshold", "4"], { selected: ["c1", "c4"] }],
    ["--residue", ["greedy", "--residue"], { residue: { project: "c10", amount: "1" } }],
    [
      "--incompatible",
      ["greedy", "--incompatible", "c1:c4,c2:c10"],
      { selected: ["c1", "c2", "c3", "c6", "c5"] },
    ],
    ["greedy-per-cost", ["greedy-per-cost"], { selected: ["c3", "c1", "c2", "c10", "c6", "c5"] }],
    [
      "--completion none",
      ["mes", "--completion", "none"],
      { selected: ["c3", "c1", "c2"], endowment: "5/2", iterations: 0 },
    ],
    [
      "--completion none with a start",
      ["mes", "--completion", "none", "--start", "floor"],
      { endowment: "5/2" },
    ],
    ["--start floor", ["mes", "--completion", "add1", "--start", "floor"], { endowment: "3" }],
    [
      "--increment with decimals",
      ["mes", "--completion", "add1", "--increment", "0.25"],
      { endowment: "13/4" },
    ],
    [
      "--utility cardinality",
      ["mes", "--utility", "cardinality", "--completion", "none"],
      { selected: ["c3", "c1", "c2"] },
    ],
  ])("%s", async (_, rule, expected) => {
    const { code, stdout } = await allocate([fixture("ties.pb"), "--json", "--rule", ...rule]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject(expected);
  });

  test("technical scores are found by id or by name, with either separator", async () => {
    for (const csv of [
      "project,technical_score\nP1,10\nSpecchi,20.5\nP3,70\n",
      "project_id;score;x\nP1;10;\nP2;20,5;\nP3;70;\n",
      "P1,10\r\nP2,20.50\r\nP3,70",
    ]) {
      const scores = await put("scores.csv", csv);
      const { stdout } = await allocate([
        ...[fixture("choose-1.pb"), "--rule", "score-plus-votes"],
        ...["--scores", scores, "--weight", "30", "--json"],
      ]);
      expect(JSON.parse(stdout)).toMatchObject({
        selected: ["P3", "P2"],
        ranking: [
          { project: "P3", technical: "70", votePoints: "30", total: "100" },
          { project: "P1", technical: "10", votePoints: "30", total: "40" },
          { project: "P2", technical: "20.5", votePoints: "15", total: "35.5" },
        ],
      });
    }
  });
});

describe("what is wrong ends with 2 and a sentence on standard error", () => {
  test.each<[string, string[], RegExp]>([
    ["an option without its rule", ["--threshold", "2"], /--threshold needs --rule greedy/],
    ["an unknown rule", ["--rule", "lottery"], /no rule lottery/],
    ["an unknown option", ["--rule", "mes", "--speed"], /--speed/],
    [
      "an option of another rule",
      ["--rule", "greedy", "--comparison"],
      /--comparison does not belong to the rule greedy/,
    ],
    ["a greedy option for phragmen", ["--rule", "phragmen", "--no-skip"], /--no-skip does not belong/],
    [
      "a mes option for greedy-per-cost",
      ["--rule", "greedy-per-cost", "--increment", "1"],
      /--increment does not belong/,
    ],
    ["an unknown utility", ["--rule", "mes", "--utility", "joy"], /utility is not one of/],
    ["an increment of nothing", ["--rule", "mes", "--increment", "0"], /increment/],
    ["an increment in words", ["--rule", "mes", "--increment", "some"], /increment/],
    ["a threshold in words", ["--rule", "greedy", "--threshold", "few"], /threshold/],
    ["a pair of one", ["--rule", "greedy", "--incompatible", "c1"], /pairs/],
    ["a pair with an unknown project", ["--rule", "greedy", "--incompatible", "c1:zz"], /no project zz/],
    ["an option twice", ["--rule", "mes", "--start", "floor", "--start", "exact"], /--start is given twice/],
    ["no scores", ["--rule", "score-plus-votes"], /--scores/],
    ["two files", ["more.pb", "--rule", "mes"], /One file at a time/],
  ])("%s", async (_, args, message) => {
    const { code, stdout, stderr } = await allocate([fixture("ties.pb"), ...args]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test("a broken file is named with line and column", async () => {
    const path = await put(
      "broken.pb",
      "META\r\nkey;value\r\nbudget;a lot\r\nvote_type;approval\r\nPROJECTS\r\nproject_id;cost\r\nVOTES\r\nvoter_id;vote\r\n",
    );
    const { code, stdout, stderr } = await allocate([path, "--rule", "greedy", "--json"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toBe(
      `${path}:3:8: budget is "a lot", which is not a number (one separator, before the decimals)\n`,
    );
  });

  test("so are files that are not there, folders, other encodings and broken scores", async () => {
    const wide = await put("wide.pb", Buffer.from("\uFEFFMETA\nkey;value\n", "utf16le"));
    const latin = await put("latin.pb", Buffer.from("META\nkey;value\nunit;Citt\xe0\n", "latin1"));
    const scores = await put("wrong.csv", "project,technical_score\nP1,10\nP9,5\n");
    for (const [args, message] of [
      [["absent.pb", "--rule", "mes"], "absent.pb: there is no such file\n"],
      [[folder, "--rule", "mes"], `${folder}: this is a folder, not a file\n`],
      [[wide, "--rule", "mes"], `${wide}:1:1: this is UTF-16 text; save it as UTF-8\n`],
      [[latin, "--rule", "mes"], `${latin}:3:10: this is not UTF-8 text; save it as UTF-8\n`],
      [
        [fixture("choose-1.pb"), "--rule", "score-plus-votes", "--scores", scores],
        `${scores}:3:1: project "P9" is not in the .pb file\n`,
      ],
    ] as const) {
      const { code, stderr } = await allocate(args);
      expect([code, stderr]).toEqual([2, message]);
    }
  });
});

test("without --json it prints a table to read", async () => {
  const { code, stdout } = await allocate([fixture("ties.pb"), "--rule", "mes", "--completion", "none"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Budget 20, 8 ballots, 0 void$/m);
  expect(stdout).toMatch(/^2\. {2}c1 +5 {2}Fontanella$/m);
  expect(stdout).toMatch(/^3 projects for 10; 10 left$/m);
});

describe("without --rule the file is counted by what its META says", () => {
  const file = (meta: readonly string[], name = "Uno") =>
    [
      ...[
        "META",
        "key;value",
        "budget;100",
        "vote_type;approval",
        ...meta,
        "PROJECTS",
        "project_id;cost;name",
      ],
      ...[`1;60;${name}`, "2;60;Due", "VOTES", "voter_id;vote", "1;1,2", ""],
    ].join("\n");

  test("by its name and threshold", async () => {
    const path = await put("named.pb", file(["rule;greedy-threshold", "min_project_score_threshold;2"]));
    const { code, stdout, stderr } = await allocate([path, "--json"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toMatchObject({ selected: [], rule: { rule: "greedy", threshold: "2" } });
  });

  test("by the rule in its comment, with ties decided by the order that was drawn", async () => {
    const path = await put(
      "drawn.pb",
      file(["rule;unknown", 'comment;#1: counted by {"rule":"phragmen","ties":["2","1"]}']),
    );
    const { stdout } = await allocate([path, "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      selected: ["2"],
      ties: [{ ahead: ["2"], behind: ["1"], decidedBy: "drawn-order" }],
    });
    expect((await allocate([path])).stdout).toMatch(
      /^Tie: 2 before 1, because it comes first in the drawn order\.$/m,
    );
  });

  test("and where it says nothing, --rule is asked for", async () => {
    const path = await put("unknown.pb", file(["rule;unknown"]));
    const { code, stdout, stderr } = await allocate([path]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/does not say how to count; choose a rule with --rule/);
  });

  test("what a file says does not steer the terminal", async () => {
    const path = await put(
      "escape.pb",
      file(["rule;greedy", "budget_per_category;\u001b[31m9"], "\u001b[31mrosso"),
    );
    const { stdout, stderr } = await allocate([path]);
    expect(stdout).toMatch(/\uFFFD\[31mrosso/);
    expect(stderr).toMatch(/budget_per_category \uFFFD\[31m9, which was not applied/);
    expect(stdout + stderr).not.toContain("\u001b");
  });
});

test("--help shows the options", async () => {
  const { code, stdout } = await allocate(["--help"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/--rule score-plus-votes/);
});

function allocate(args: readonly string[]) {
  return run(process.execPath, [bundled("scripts/allocate.ts"), ...args]);
}

function run(command: string, args: readonly string[]) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(command, [...args], { cwd: root, timeout: 60_000 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}
