/** Under which name the contact of a volunteer is sealed. Pure. */

export function contactPurpose(of: { municipality: string; proposal: string; person: string }): string {
  return `VolunteerContact.sealed ${of.municipality}/${of.proposal}/${of.person}`;
}
