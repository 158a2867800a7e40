import { type Network, type OrderingOrganisation, organisationSchema } from "../description";
import { applicationMember, metaPolicies, ordering, type Places } from "./configtx";
import { toYaml } from "./yaml";

export const BFT_PROFILE = "CocityBft";

/** Who would hold the fourth orderer is for a city to settle; the name stands for it. */
export function fourthOrderer(domain: string): OrderingOrganisation {
  const listen = "0.0.0.0";
  const organisation = organisationSchema.parse({
    name: "quarta",
    mspId: "QuartaMSP",
    title: "The fourth organisation that orders",
    ca: { host: `ca.${domain}`, listen, port: 7054, operationsPort: 9446 },
    peer: { host: `peer.${domain}`, listen, port: 7051, chaincodePort: 7052, operationsPort: 9444 },
    orderer: { host: `orderer.${domain}`, listen, port: 7050, adminPort: 7053, operationsPort: 9443 },
    chaincode: { host: `chaincode.${domain}`, listen, firstPort: 9999, ports: 2 },
  });
  return organisation as OrderingOrganisation;
}

/**
 * `configtx.yaml` of a channel whose orderers tolerate one that lies (Fabric 3.x, SmartBFT). That takes four orderers in
 * four hands: two of them in one hand could stop or split the order.
 */
export function bftConfigtxYaml(network: Network, fourth: OrderingOrganisation, places: Places): string {
  const ordered = { ...network, organisations: [...network.organisations, fourth] };
  const consenters = ordered.organisations.flatMap(({ orderer, ...rest }) =>
    orderer ? [{ ...rest, orderer }] : [],
  );
  const application = network.organisations.map((organisation) => applicationMember(organisation, places));
  return toYaml(
    {
      Profiles: {
        [BFT_PROFILE]: {
          Policies: metaPolicies(),
          Capabilities: { V3_0: true },
          Orderer: {
            ...ordering(ordered, places),
            OrdererType: "BFT",
            ConsenterMapping: consenters.map((organisation, index) => {
              const { ordererCertificate, ordererIdentity } = places(organisation);
              return {
                ID: index + 1,
                Host: organisation.orderer.host,
                Port: organisation.orderer.port,
                MSPID: organisation.mspId,
                Identity: ordererIdentity,
                ClientTLSCert: ordererCertificate,
                ServerTLSCert: ordererCertificate,
              };
            }),
            Policies: {
              ...metaPolicies(),
              // A block of which a third of the orderers cannot know must not count.
              BlockValidation: { Type: "ImplicitMeta", Rule: "MAJORITY Writers" },
            },
          },
          Application: {
            Organizations: application,
            Policies: {
              ...metaPolicies(),
              LifecycleEndorsement: { Type: "ImplicitMeta", Rule: "MAJORITY Endorsement" },
              Endorsement: { Type: "ImplicitMeta", Rule: "MAJORITY Endorsement" },
            },
            Capabilities: { V2_5: true },
          },
        },
      },
    },
    [
      "NOT RUN HERE. For official Fabric 3.x images only: the orderer this repository builds refuses BFT",
      "(failed to find a consenter for consensus type: BFT), though its configtxgen reads this file.",
      "Generated from ledger/network/description.ts by npm run fabric -- compose.",
    ].join("\n"),
  );
}
