/** The client of the identity provider by which people sign in to take a credential, and for nothing else. */
export const votingClient = "voting-credential";
