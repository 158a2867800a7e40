/** What a sealing still lacks before its round can be frozen, and who has to act. Pure. */
import type { RecordOf } from "@/protocol/records";
import { issuerNumberOf } from "@/protocol/records/sealed";

type Sealing = Pick<RecordOf<"sealing">, "areas" | "ties" | "services" | "trustees">;
export type OrganisationName = keyof typeof issuerNumberOf;

export interface Missing {
  readonly what: "keys" | "posting" | "commitment" | "reveal" | "service" | "trustee";
  readonly organisation: OrganisationName;
  /** Keys of areas that are there, of those there must be. */
  readonly there: number;
  readonly needed: number;
}

const organisations = Object.keys(issuerNumberOf) as OrganisationName[];
const serviceOf = { Comune: "relay", Case: "copyKeeper", Garanti: "opener" } as const;

/** @param keys of issuers as the ledger has them; area 0 is the key for posting */
export function missingOf(
  { areas, ties, services, trustees }: Sealing,
  keys: readonly { readonly issuer: number; readonly area: number }[],
): Missing[] {
  const areCommitted = ties.length === organisations.length;
  return organisations.flatMap((organisation) => {
    const issuer = issuerNumberOf[organisation];
    const own = keys.filter((key) => key.issuer === issuer);
    const ofAreas = own.filter(({ area }) => area > 0).length;
    const tie = ties.find((one) => one.issuer === issuer);
    const missing: (Omit<Missing, "organisation"> | false)[] = [
      ofAreas < areas.length && { what: "keys", there: ofAreas, needed: areas.length },
      organisation === "Comune" && own.length === ofAreas && { what: "posting", there: 0, needed: 1 },
      !tie && { what: "commitment", there: 0, needed: 1 },
      areCommitted && tie?.reveal === undefined && { what: "reveal", there: 0, needed: 1 },
      services[serviceOf[organisation]] === undefined && { what: "service", there: 0, needed: 1 },
      trustees.every((trustee) => trustee.organisation !== organisation) && {
        ...{ what: "trustee", there: 0, needed: 1 },
      },
    ];
    return missing.flatMap((one) => (one ? [{ ...one, organisation }] : []));
  });
}

/** Whether only people still have to act: programs do the rest by themselves. */
export function waitsForPeople(missing: readonly Missing[]): boolean {
  return missing.length > 0 && missing.every(({ what }) => what === "trustee");
}

/** A key as it is read out: the first 32 digits of its SHA-256, in groups of four. */
export function fingerprintOf(digest: string): string {
  return digest.slice(0, 32).replace(/(.{4})(?=.)/g, "$1 ");
}
