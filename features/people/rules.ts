/** What an encrypted email address is bound to: see `encrypt` in lib/encryption.ts. */
export function emailPurpose(person: string): string {
  return `Person.email ${person}`;
}
