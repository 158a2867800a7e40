/** Path below the site's origin at which browsers find the trial identity provider. */
export const trialMount = "/trial-id";

/** Name under which the trial signer asks the provider; it has no secret of its own, PKCE takes its place. */
export const signerClient = "cocity-signer";
