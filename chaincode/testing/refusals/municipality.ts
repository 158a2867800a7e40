import type { City } from "../city";
import { act, registration } from "../founding-inputs";
import { digest, RegistrarKey } from "../keys";
import { people, person, smallComune } from "../people";
import { storyFounding } from "../register";
import { withCall, withRegistrar } from "../story";
import { founded, type Refusal, refuses } from "./case";

const other = new RegistrarKey();
const stranger = person("stranger-of-elsewhere", "service", "Comune", smallComune);
const elsewhere = { municipality: smallComune };

const { settings: proposed } = registration({ leastAge: 18, objectionDays: 10 });
const withProposedSettings = async (city: City) => {
  await city.submit(people.administrator, "municipality:proposeSettings", {
    settings: proposed,
    act: act("settings", "delibera"),
  });
};

export const municipalityRefusals: Refusal[] = [
  refuses(
    "already_exists",
    "a municipality twice",
    { at: founded },
    person("comune-service", "service", "Comune"),
    "municipality:found",
    storyFounding(),
  ),
  refuses(
    "wrong_organisation",
    "an officer of the Case network",
    { at: founded },
    person("false-officer", "responsible_officer", "Case"),
    "funds:changeBudget",
    { id: "line-1", budgetCents: 1, act: act("x") },
  ),
  refuses(
    "wrong_organisation",
    "a resident of the guarantors",
    { at: withCall },
    person("false-resident", "resident", "Garanti"),
    "subjects:register",
    { id: "subject-1", kind: "person", digest: digest("x") },
  ),
  refuses(
    "wrong_role",
    "a setting changed by a councillor",
    { at: founded },
    people.councillor,
    "municipality:proposeSettings",
    { settings: registration().settings, act: act("x") },
  ),
  refuses(
    "wrong_municipality",
    "another municipality's argument",
    { at: founded },
    stranger,
    "municipality:advanceDay",
    { municipality: "001272", day: "2026-01-02" },
  ),
  refuses(
    "not_founded",
    "anything before the municipality is founded",
    { at: founded },
    stranger,
    "municipality:advanceDay",
    { day: "2026-01-02" },
  ),
  refuses(
    "day_in_future",
    "founding on a day that has not come",
    { at: founded },
    stranger,
    "municipality:found",
    storyFounding({}, true, { ...elsewhere, day: "2026-06-02" }),
  ),
  refuses("day_backwards", "the day before", { at: founded }, people.service, "municipality:advanceDay", {
    day: "2025-12-31",
  }),
  refuses("day_backwards", "the same day", { at: founded }, people.service, "municipality:advanceDay", {
    day: "2026-01-01",
  }),
  refuses(
    "day_in_future",
    "a day past the endorser's clock",
    { at: founded, params: { day: "2026-06-02" } },
    people.service,
    "municipality:advanceDay",
    { day: "2026-06-02" },
  ),
  refuses(
    "invalid_input",
    "a day that does not exist",
    { at: founded, params: { path: "day", problem: "invalid_format" } },
    people.service,
    "municipality:advanceDay",
    { day: "2026-02-30" },
  ),
  refuses(
    "day_in_future",
    "an act dated tomorrow",
    { at: founded },
    people.administrator,
    "municipality:proposeSettings",
    { settings: registration().settings, act: act("x", "delibera", "2026-06-02") },
  ),
  refuses(
    "setting_below_floor",
    "founding with less time for objecting than anybody must have",
    { at: founded, params: { setting: "objectionDays", least: 5 } },
    stranger,
    "municipality:found",
    storyFounding({ objectionDays: 4 }, false, elsewhere),
  ),
  refuses(
    "setting_below_floor",
    "founding with votes that end as they begin",
    { at: founded, params: { setting: "votingDays", least: 5 } },
    stranger,
    "municipality:found",
    storyFounding({ objectionDays: 5, votingDays: 4 }, false, elsewhere),
  ),
  refuses(
    "setting_below_floor",
    "founding with no days to challenge a verification",
    { at: founded, params: { setting: "challengeDays", least: 5 } },
    stranger,
    "municipality:found",
    storyFounding({ objectionDays: 5, votingDays: 5, challengeDays: 4 }, false, elsewhere),
  ),
  refuses(
    "setting_above_ceiling",
    "founding with a threshold above which nothing is ever published",
    { at: founded, params: { setting: "publishGrantsAboveCents", limitCents: 100_000 } },
    stranger,
    "municipality:found",
    storyFounding({ objectionDays: 5, votingDays: 5, publishGrantsAboveCents: 100_001 }, false, elsewhere),
  ),
  refuses(
    "wrong_organisation",
    "settings proposed by an administrator of the Case network",
    { at: founded },
    person("casa-admin", "administrator", "Case"),
    "municipality:proposeSettings",
    { settings: registration().settings, act: act("x") },
  ),
  refuses(
    "same_organisation",
    "settings confirmed within the organisation that proposed them",
    { at: withProposedSettings },
    person("second-administrator", "administrator", "Comune"),
    "municipality:confirmSettings",
    { settings: proposed },
  ),
  refuses(
    "same_person",
    "settings confirmed by who proposed them, for another organisation",
    { at: withProposedSettings },
    person(people.administrator.person, "administrator", "Case"),
    "municipality:confirmSettings",
    { settings: proposed },
  ),
  refuses(
    "settings_differ",
    "settings confirmed that nobody proposed",
    { at: withProposedSettings },
    people.guarantor,
    "municipality:confirmSettings",
    { settings: { ...proposed, leastAge: 14 } },
  ),
  refuses(
    "not_found",
    "a confirmation of nothing",
    { at: founded },
    people.guarantor,
    "municipality:confirmSettings",
    { settings: proposed },
  ),
  refuses(
    "invalid_input",
    "a key that is not the certificate's",
    { at: founded, params: { path: "publicKey" } },
    people.registrar,
    "municipality:registerSigningKey",
    { id: "key-1", publicKey: other.publicKey },
  ),
  refuses(
    "already_exists",
    "another key under a name that is taken",
    {
      at: withRegistrar,
      before: async (city) => {
        city.certificateKey = other.publicKey;
      },
    },
    people.registrar,
    "municipality:registerSigningKey",
    { id: "case-registrar-key", publicKey: other.publicKey },
  ),
  refuses(
    "wrong_organisation",
    "withdrawing another organisation's key",
    { at: withRegistrar },
    people.registrar,
    "municipality:withdrawSigningKey",
    { id: "case-registrar-key" },
  ),
  refuses(
    "key_withdrawn",
    "withdrawing a key twice",
    {
      at: withRegistrar,
      before: (city) =>
        city.submit(people.caseRegistrar, "municipality:withdrawSigningKey", { id: "case-registrar-key" }),
    },
    people.caseRegistrar,
    "municipality:withdrawSigningKey",
    { id: "case-registrar-key" },
  ),
];
