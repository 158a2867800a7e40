/** A site for tests whose two invented municipalities are members of the local federation. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Federation, readFederation } from "../settings";
import type { LocalFederation } from "./local-federation";
import { keyPair } from "./signing";

/** Writes the files that an operator would; the aggregator stands under the local federation's authority. */
export function writeSettings(federation: LocalFederation, change: object = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "cocity-federation-"));
  const keys = {
    federation: keyPair("site-federation").secret,
    signature: keyPair("site-signature").secret,
    encryption: keyPair("site-encryption").secret,
  };
  writeFileSync(join(folder, "keys.json"), JSON.stringify(keys));
  const organisation = (name: string) => ({
    ...{
      organization_name: name,
      homepage_uri: "https://demo.invalid/",
      policy_uri: "https://demo.invalid/privacy",
    },
    ...{ logo_uri: "https://demo.invalid/logo.svg", contacts: ["protocollo@pec.demo.invalid"] },
  });
  const settings = {
    organisation: organisation("Demo aggregator"),
    keys: "keys.json",
    anchors: [{ entity: federation.entity("anchor"), jwks: { keys: [federation.keys.anchor.known] } }],
    authorityHints: [federation.entity("anchor")],
    memberTrustMark: {
      ...{ id: "https://anchor.invalid/openid_relying_party/public/", ref: "https://demo.invalid/ref" },
      logo_uri: "https://demo.invalid/mark.svg",
    },
    providers: [
      {
        ...{ entity: federation.entity("provider"), kind: "spid", name: "Demo ID" },
        trustMarks: [federation.markKind],
      },
    ],
    members: [
      { municipality: "001272", ipa: "c_demo1", organisation: organisation("Demo one") },
      { municipality: "001001", ipa: "c_demo2", organisation: organisation("Demo two") },
    ],
    ...change,
  };
  const file = join(folder, "federation.json");
  writeFileSync(file, JSON.stringify(settings));
  return file;
}

/** The site, registered with the anchor. */
export function localSite(federation: LocalFederation, change: object = {}): Federation {
  const site = readFederation(writeSettings(federation, change), federation.origin);
  register(federation, site);
  return site;
}

/** The anchor says of the aggregator whose keys are its own. */
export function register(federation: LocalFederation, site: Federation): void {
  federation.site = site;
  const { kty, kid, n, e } = site.keys.federation;
  federation.about("anchor", site.entity, federation.keys.anchor, { jwks: { keys: [{ kty, kid, n, e }] } });
}
