/** The settings of a municipality, as its pages and forms count and compare them. Pure. */
import { type Organisation, roleOrganisations } from "@/protocol/primitives";
import { ceilings, floors, Settings } from "@/protocol/records/municipality";
import { transactions } from "@/protocol/transactions";

/** What each setting is measured in, in the order in which a page shows them. */
export const settingUnits = {
  leastAge: "years",
  longestPactYears: "years",
  votingDays: "days",
  objectionDays: "days",
  challengeDays: "days",
  publishGrantsAboveCents: "money",
  cigRequired: "yesNo",
  councillorAsOfficer: "yesNo",
  oneAccountant: "yesNo",
} as const satisfies Record<keyof Settings, "years" | "days" | "money" | "yesNo">;

export type SettingName = keyof Settings;
export const settingNames = Object.keys(settingUnits) as SettingName[];

type Units = typeof settingUnits;
/** The settings that are a number of years or days. */
export type CountedSetting = {
  [Name in SettingName]: Units[Name] extends "years" | "days" ? Name : never;
}[SettingName];

/** The settings that are answered with yes or no. */
export function isYesNo(
  name: SettingName,
): name is { [Name in SettingName]: Units[Name] extends "yesNo" ? Name : never }[SettingName] {
  return settingUnits[name] === "yesNo";
}

/** The least and the most that the ledger takes: a trial is not bound by the floors. */
export function limitsOf(name: CountedSetting, trial: boolean): { least: number; most: number } {
  const { minValue, maxValue } = Settings.shape[name];
  const floor = !trial && name in floors ? floors[name as keyof typeof floors] : 0;
  return { least: Math.max(minValue ?? 0, floor), most: maxValue ?? Number.MAX_SAFE_INTEGER };
}

/** The first setting below the floor that holds outside trials, with that floor. */
export function belowFloor(
  settings: Settings,
  trial: boolean,
): { setting: CountedSetting; least: number } | undefined {
  for (const setting of Object.keys(floors) as (keyof typeof floors)[]) {
    const { least } = limitsOf(setting, trial);
    if (settings[setting] < least) return { setting, least };
  }
  return undefined;
}

/** The first amount above the ceiling that holds outside trials, with that ceiling. */
export function aboveCeiling(
  settings: Settings,
  trial: boolean,
): { setting: keyof typeof ceilings; limitCents: number } | undefined {
  if (trial) return undefined;
  for (const setting of Object.keys(ceilings) as (keyof typeof ceilings)[]) {
    const limitCents = ceilings[setting];
    if (settings[setting] > limitCents) return { setting, limitCents };
  }
  return undefined;
}

export function changedSettings(before: Settings, after: Settings): SettingName[] {
  // A permission that nobody has given yet is not on the record.
  return settingNames.filter((name) => (before[name] ?? false) !== (after[name] ?? false));
}

/** The organisations that may confirm what another one proposed. */
export function confirmersOf(proposer: Organisation): Organisation[] {
  const all = transactions["municipality:confirmSettings"].roles.flatMap((role) => roleOrganisations[role]);
  return [...new Set(all)].filter((organisation) => organisation !== proposer);
}
