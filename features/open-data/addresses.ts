import { addressOf } from "@/lib/language/address";

/** The page of a pact as lists and records name it: in Italian, whoever reads them. */
export function pactAddress(municipality: string, pact: string): string {
  return addressOf("it", { pathname: "/[municipality]/pacts/[pact]", params: { municipality, pact } });
}
