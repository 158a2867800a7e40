import { RuleError } from "../../../protocol/errors";
import { readSubmitter } from "../../src/ledger/submitter";
import { people } from "../people";
import { founded, type Refusal, refuses } from "./case";

const command = "7b1c4f3e-6d0a-4b52-9e0b-3f6f6f1c2d11";
const attributes: Record<string, string> = {
  "cocity.role": "administrator",
  "cocity.municipality": "001272",
  "cocity.person": "person-1",
};

export const submitterRefusals: Refusal[] = [
  refuses(
    "already_done",
    "a command sent again",
    {
      at: founded,
      before: (city) =>
        city.submit(people.service, "municipality:advanceDay", { command, day: "2026-01-02" }),
    },
    people.service,
    "municipality:advanceDay",
    { command, day: "2026-01-02" },
  ),
  refuses(
    "invalid_input",
    "a command in capitals, which would be another one",
    {
      at: founded,
      before: (city) =>
        city.submit(people.service, "municipality:advanceDay", { command, day: "2026-01-02" }),
      params: { path: "command", problem: "invalid_format" },
    },
    people.service,
    "municipality:advanceDay",
    { command: command.toUpperCase(), day: "2026-01-03" },
  ),
  certificate("a certificate without a person", { ...attributes, "cocity.person": "" }),
  certificate("a certificate with a municipality that is no ISTAT code", {
    ...attributes,
    "cocity.municipality": "torino",
  }),
  certificate("a certificate with a person that could reach into a key", {
    ...attributes,
    "cocity.person": "person\u00001",
  }),
];

function certificate(what: string, given: Record<string, string>): Refusal {
  const identity = {
    getMSPID: () => "ComuneMSP",
    getAttributeValue: (name: string) => given[name] || null,
    getIDBytes: () => new Uint8Array(),
  };
  return {
    what,
    code: "wrong_certificate",
    at: founded,
    attempt: async () => refusalOf(() => readSubmitter(identity)),
  };
}

function refusalOf(attempt: () => unknown): RuleError {
  try {
    attempt();
  } catch (error) {
    if (error instanceof RuleError) return error;
    throw error;
  }
  throw new Error("not refused");
}
