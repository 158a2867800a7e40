import type { KeyObject } from "node:crypto";
import type { Page } from "playwright-core";

/** The authenticator that Chromium has for tests: it holds a page's passkeys and answers without anybody's finger. */
export interface VirtualAuthenticator {
  /** Puts a key in. @param rpId the relying party it is for */
  hold(credential: string, key: KeyObject, rpId?: string): Promise<void>;
  /** Whether it verifies whoever asks, as by a fingerprint or a PIN. */
  setVerified(verified: boolean): Promise<void>;
}

/** Gives a page an authenticator of its own, which stays while the page goes on to other addresses. */
export async function virtualAuthenticator(page: Page): Promise<VirtualAuthenticator> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      ...{ protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  return {
    async hold(credential, key, rpId = "localhost") {
      await session.send("WebAuthn.addCredential", {
        authenticatorId,
        credential: {
          credentialId: Buffer.from(credential, "base64url").toString("base64"),
          privateKey: key.export({ format: "der", type: "pkcs8" }).toString("base64"),
          ...{ isResidentCredential: false, rpId, signCount: 0 },
        },
      });
    },
    async setVerified(isUserVerified) {
      await session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
    },
  };
}
