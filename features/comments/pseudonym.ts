import { keyedHash } from "@/lib/encryption";

/** A sign by which a person is told apart from others in one municipality's log, and that names nobody. */
export function pseudonymOf(municipality: string, person: string): string {
  return keyedHash("moderation", municipality, person).slice(0, 6).toUpperCase();
}
