import type { Registrar } from "../../client/connection";
import type { Organisation } from "../description";
import { toYaml, type Yaml } from "./yaml";

/** Names of an organisation's two authorities: one server runs both. */
export function caNames({ name }: Pick<Organisation, "name">) {
  return { identities: `ca-${name}`, tls: `tlsca-${name}` };
}

/**
 * `fabric-ca-server-config.yaml` of the server and of its TLS authority, which signs the server's own
 * certificate too; the authority of identities has its file in the folder `identities` beside it. Both hold the
 * bootstrap secret: mode 0600.
 */
export function tlsCaYaml(organisation: Organisation, bootstrap: Registrar): string {
  const { ca } = organisation;
  return toYaml({
    ...authority(organisation, caNames(organisation).tls, bootstrap),
    address: ca.listen,
    port: ca.port,
    tls: { enabled: true, certfile: "tls-cert.pem" },
    crlsizelimit: 512000,
    cafiles: ["identities/fabric-ca-server-config.yaml"],
    operations: { listenAddress: `127.0.0.1:${ca.operationsPort}`, tls: { enabled: false } },
    metrics: { provider: "prometheus" },
  });
}

export function identityCaYaml(organisation: Organisation, bootstrap: Registrar): string {
  return toYaml(authority(organisation, caNames(organisation).identities, bootstrap));
}

function authority(organisation: Organisation, name: string, bootstrap: Registrar): { [key: string]: Yaml } {
  return {
    version: "1.5.12",
    ca: { name },
    crl: { expiry: "720h" },
    registry: {
      maxenrollments: -1,
      identities: [
        {
          name: bootstrap.enrolmentId,
          pass: bootstrap.secret,
          type: "client",
          affiliation: "",
          attrs: {
            "hf.Registrar.Roles": "*",
            "hf.Registrar.DelegateRoles": "*",
            "hf.Revoker": true,
            "hf.GenCRL": true,
            "hf.Registrar.Attributes": "*",
          },
        },
      ],
    },
    db: { type: "sqlite3", datasource: "fabric-ca-server.db" },
    affiliations: {},
    signing: {
      default: { usage: ["digital signature"], expiry: "8760h" },
      profiles: {
        tls: {
          usage: ["signing", "key encipherment", "server auth", "client auth", "key agreement"],
          expiry: "8760h",
        },
      },
    },
    csr: {
      cn: name,
      keyrequest: { algo: "ecdsa", size: 256 },
      names: [{ C: "IT", O: organisation.title, OU: "Co-City" }],
      hosts: [organisation.ca.host],
      ca: { expiry: "131400h", pathlength: 0 },
    },
    bccsp: { default: "SW", sw: { hash: "SHA2", security: 256, filekeystore: { keystore: "msp/keystore" } } },
  };
}
