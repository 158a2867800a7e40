/** Which organisation runs which parts. */
import type { Organisation } from "@/protocol/primitives";
import { issuerNumberOf } from "@/protocol/records/sealed";
import type { Keeper } from "@/voting/sealed/receipts";

export const organisationNames = ["comune", "case", "garanti"] as const;
export type OrganisationName = (typeof organisationNames)[number];

export const organisations: Readonly<
  Record<OrganisationName, { organisation: Organisation; number: 1 | 2 | 3; service: Keeper | "opener" }>
> = {
  comune: { organisation: "Comune", number: issuerNumberOf.Comune, service: "relay" },
  case: { organisation: "Case", number: issuerNumberOf.Case, service: "copy-keeper" },
  garanti: { organisation: "Garanti", number: issuerNumberOf.Garanti, service: "opener" },
};

/** Name of a part's folder and log. */
export const issuerName = (name: OrganisationName) => `issuer-${name}` as const;
