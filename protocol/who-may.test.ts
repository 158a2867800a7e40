import { expect, test } from "vitest";
import type { Role } from "./primitives";
import { roleOrganisations, roles } from "./primitives";
import { transactions } from "./transactions";

/** Who takes part in a vote and in what comes before it, written down from the domain's words and not from the code. */
const resident = "resident";
const officer = "responsible_officer";
const whoMay: Record<string, Role[]> = {
  "municipality:proposeSettings": ["administrator"],
  "municipality:confirmSettings": ["administrator", "guarantor"],
  "municipality:advanceDay": ["administrator", "service"],
  "municipality:found": ["service"],
  "municipality:introduceRegister": ["service"],
  "municipality:proposeOrigin": ["administrator"],
  "municipality:confirmOrigin": ["administrator", "guarantor"],
  "municipality:retireOrigin": ["administrator"],
  "municipality:registerSigningKey": ["registrar"],
  "municipality:withdrawSigningKey": ["registrar", "administrator"],
  "calls:publish": [officer],
  "calls:extend": [officer],
  "proposals:submit": [resident],
  "proposals:publish": [officer],
  "proposals:withdraw": [resident],
  "proposals:merge": [officer],
  "proposals:separate": [officer],
  "proposals:adhere": [resident],
  "proposals:withdrawAdhesion": [resident],
  "proposals:startAssessment": [officer],
  "proposals:requestIntegration": [officer, "technical_office"],
  "proposals:integrate": [resident],
  "proposals:declareConflict": [
    ...(["assessor", "technical_office", officer, "coordinator"] as const),
    ...(["district_council", "giunta", "guarantor"] as const),
  ],
  "proposals:score": ["assessor"],
  "proposals:admit": [officer],
  "proposals:reject": [officer],
  "proposals:fund": ["giunta", officer],
  "proposals:reserve": ["giunta", officer],
  "proposals:allowBeyond": ["giunta"],
  "proposals:startCoDesign": ["coordinator"],
  "proposals:readyForPact": ["coordinator"],
  "proposals:abandon": ["coordinator", officer],
  "rounds:freeze": [officer],
  "rounds:place": [officer, "service"],
  "rounds:draw": ["service"],
  "rounds:open": [officer],
  "rounds:admit": ["registrar"],
  "rounds:cast": ["casting_service"],
  "rounds:close": [officer, "guarantor", "service"],
  "rounds:count": [officer],
  "rounds:attest": [officer, "coordinator", "guarantor"],
  "rounds:object": [resident],
  "rounds:decideObjection": ["guarantor"],
  "rounds:finalise": [officer, "guarantor"],
  "rounds:annul": ["guarantor"],
  "rounds:release": ["guarantor", officer, "service"],
  "sealed:announce": [officer],
  "sealed:offerKeys": ["registrar"],
  "sealed:offerServiceKey": ["casting_service"],
  "sealed:offerTrusteeKey": [officer, "coordinator", "guarantor"],
  "sealed:revealTie": ["registrar"],
  "sealed:reportIssued": ["registrar"],
  "sealed:cast": ["casting_service"],
  "sealed:endReception": ["casting_service"],
  "sealed:prolong": ["guarantor"],
  "sealed:list": ["casting_service", "service"],
  "sealed:purge": ["casting_service", "service"],
  "sealed:publish": ["casting_service"],
  "sealed:completePublication": ["casting_service", "service"],
  "sealed:release": [officer, "coordinator", "guarantor"],
  "desk:openStation": [officer, "coordinator", "guarantor"],
  "desk:vouch": [officer, "coordinator", "guarantor"],
  "desk:confirmVoucher": [officer, "coordinator", "guarantor"],
  "desk:tellBalance": [officer, "coordinator", "guarantor"],
  "desk:closeStation": [officer, "coordinator", "guarantor"],
  "desk:enterSheets": [officer, "coordinator", "guarantor"],
  "desk:confirmSheets": [officer, "coordinator", "guarantor"],
};

test.each(Object.entries(whoMay))("%s is for these roles alone", (name, expected) => {
  const { roles: may } = transactions[name as keyof typeof transactions];
  expect([...may].sort()).toEqual([...expected].sort());
});

test("every transaction of a vote and of what comes before it is in the list", () => {
  const before = /^(municipality|calls|proposals|rounds|sealed|desk):/;
  const names = Object.keys(transactions).filter((name) => before.test(name));
  expect(names.sort()).toEqual(Object.keys(whoMay).sort());
});

test("each organisation gives its own roles", () => {
  const given = (organisation: "Comune" | "Case" | "Garanti") =>
    roles.filter((role) => roleOrganisations[role].includes(organisation)).sort();
  const everybody = ["administrator", "assessor", "casting_service", "registrar", "service"];
  expect(given("Case")).toEqual([...everybody, "coordinator", resident].sort());
  expect(given("Garanti")).toEqual([...everybody, "guarantor"].sort());
  expect(given("Comune")).toEqual(
    [
      ...everybody,
      resident,
      ...["technical_office", "district_council", "giunta", officer, "accountant", "treasurer", "councillor"],
    ].sort(),
  );
});
