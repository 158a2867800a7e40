/** COSE algorithms of passkeys: ES256 (P-256), EdDSA (Ed25519), RS256 (2048 to 4096 bits). */
export const coseAlgorithms = { ES256: -7, EdDSA: -8, RS256: -257 } as const;
