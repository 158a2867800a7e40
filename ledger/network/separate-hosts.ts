import { cp } from "node:fs/promises";
import { join } from "node:path";
import type { Binaries } from "./binaries";
import { genesisBlock } from "./channel";
import { bftConfigtxYaml, fourthOrderer } from "./config/bft";
import { identityCaYaml, tlsCaYaml } from "./config/ca";
import { composeYaml, HOME, organisationEnv, peerEnv } from "./config/compose";
import { configtxYaml, type Places } from "./config/configtx";
import { coreYaml } from "./config/core";
import { ordererYaml } from "./config/orderer";
import { type Network, type OrderingOrganisation, orderingOrganisations } from "./description";
import { nodeOus } from "./enrolment";
import { readIfThere, writeWhole } from "./files";
import { networkSources } from "./folders";

/** In the CA's template, in the place of the secret that `1-secrets.sh` draws. */
const SECRET_PLACE = { enrolmentId: "bootstrap", secret: "@BOOTSTRAP_SECRET@" };

/** What configtxgen reads in the folder `channel`: each organisation's `public` folder under its name. */
const publicPlaces: Places = ({ name }) => ({
  msp: `organisations/${name}/msp`,
  ordererCertificate: `organisations/${name}/orderer.crt`,
  ordererIdentity: `organisations/${name}/orderer-identity.crt`,
});

/**
 * Writes one folder for each organisation's host, with its Compose file, configuration and steps, and the folder `channel`
 * for whoever makes the first block. No key and no secret is in any of them: each organisation makes its own.
 * @param collections the chaincode's collections, as JSON.
 */
export async function writeSeparateHosts(
  network: Network,
  target: string,
  collections: string,
): Promise<void> {
  for (const organisation of orderingOrganisations(network))
    await writeHost(network, organisation, join(target, organisation.name), collections);
  const channel = join(target, "channel");
  await writeWhole(join(channel, "network.json"), JSON.stringify(network, null, 2));
  await writeWhole(join(channel, "configtx.yaml"), configtxYaml(network, publicPlaces));
  const fourth = fourthOrderer("quarta.example");
  await writeWhole(
    join(channel, "bft-not-run-here", "configtx.yaml"),
    bftConfigtxYaml(network, fourth, (organisation) => {
      const { msp, ordererCertificate, ordererIdentity } = publicPlaces(organisation);
      return {
        msp: `../${msp}`,
        ordererCertificate: `../${ordererCertificate}`,
        ordererIdentity: `../${ordererIdentity}`,
      };
    }),
  );
}

/**
 * Makes `genesis.block` in a `channel` folder once every organisation's `public` folder is there, as
 * `organisations/NAME`. All of them compare its SHA-256 before they join.
 * @throws CommandError naming what is missing.
 */
export async function writeGenesisBlock(
  network: Network,
  channel: string,
  binaries: Binaries,
): Promise<string> {
  const file = join(channel, "genesis.block");
  if ((await readIfThere(file)) === undefined)
    await writeWhole(file, await genesisBlock(network, channel, binaries));
  return file;
}

async function writeHost(
  network: Network,
  organisation: OrderingOrganisation,
  folder: string,
  collections: string,
): Promise<void> {
  const files: Record<string, string> = {
    "compose.yaml": composeYaml(organisation),
    "organisation.env": organisationEnv(network, organisation),
    "peer.env": peerEnv(organisation),
    "msp-config.yaml": nodeOus(),
    "collections.json": collections,
    "ca/fabric-ca-server-config.yaml.template": tlsCaYaml(organisation, SECRET_PLACE),
    "ca/identities/fabric-ca-server-config.yaml.template": identityCaYaml(organisation, SECRET_PLACE),
    "orderer/orderer.yaml": ordererYaml(organisation),
    "peer/core.yaml": coreYaml(organisation, { home: `${HOME}/peer`, builder: `${HOME}/builder` }),
    "chaincode/image/Dockerfile": DOCKERFILE,
  };
  for (const [name, content] of Object.entries(files)) await writeWhole(join(folder, name), content);
  for (const part of ["builder", "hosts"])
    await cp(join(networkSources, part), join(folder, part === "hosts" ? "" : part), {
      recursive: true,
    });
}

/** `npm pack -w chaincode` makes the package that is put beside it. */
const DOCKERFILE = `FROM node:24-alpine
WORKDIR /chaincode
COPY chaincode.tgz .
RUN npm init -y && npm install --omit=dev ./chaincode.tgz
WORKDIR /chaincode/node_modules/@cocity/chaincode
`;
