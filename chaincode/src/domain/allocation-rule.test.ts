import { expect, test } from "vitest";
import { RuleError } from "../../../protocol/errors";
import { canonicalRule, parseRule } from "../../../voting/allocation/rule-spec";
import { requireKnownRule } from "./allocation-rule";

const text = (rule: object) => canonicalRule(parseRule(rule));

test.each([
  { rule: "greedy" },
  { rule: "greedy", incompatible: [["1", "3"]] },
  { rule: "greedy-per-cost" },
  { rule: "mes", completion: "add1u" },
  { rule: "phragmen" },
  { rule: "score-plus-votes", scores: { "1": "70", "2": "80", "3": "76.4" } },
])("a rule this code counts by: %j", (rule) => {
  expect(requireKnownRule(text(rule), 3)).toEqual(parseRule(rule));
});

test.each([
  ["no JSON", "greedy"],
  ["no object", "[]"],
  ["not the canonical text", ` ${text({ rule: "greedy" })}`],
  ["other code", text({ rule: "greedy" }).replace(/"code":"\d+"/, '"code":"0"')],
  ["no code", '{"rule":"phragmen"}'],
  ["a rule nobody knows", '{"code":"1","rule":"lottery"}'],
  ["a parameter of another rule", '{"code":"1","rule":"phragmen","skip":true}'],
  ["defaults left out", '{"code":"1","rule":"greedy"}'],
  ["a project that is not there", text({ rule: "greedy", incompatible: [["1", "4"]] })],
  [
    "a score of a project that is not there",
    text({ rule: "score-plus-votes", scores: { "1": "7", "2": "8", "4": "1" } }),
  ],
  ["a project without a score", text({ rule: "score-plus-votes", scores: { "1": "7", "2": "8" } })],
])("a rule with %s is refused", (_, rule) => {
  expect(() => requireKnownRule(rule, 3)).toThrow(RuleError);
});
