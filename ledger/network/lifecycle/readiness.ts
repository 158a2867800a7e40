import { createHash, createPrivateKey } from "node:crypto";
import { readFile } from "node:fs/promises";
import { credentials } from "@grpc/grpc-js";
import { connect, GatewayError, hash, type Signer, signers } from "@hyperledger/fabric-gateway";
import { discovery, msp, peer } from "@hyperledger/fabric-protos";
import { ChannelError } from "../channel";
import { type Network, type Organisation, peerName } from "../description";
import { readKeyPair } from "../enrolment";
import { untilReady } from "../nodes";
import type { Site } from "../site";

const DEADLINE_MS = 20_000;

/** No contract has it: each answers that it has not. */
const UNKNOWN_TRANSACTION = "org.hyperledger.fabric:Absent";

/**
 * Waits until the organisation's peer gets answers from its own chaincode process and has learnt, by gossip, that
 * the peers of all organisations can endorse. After a first start that takes some seconds more than the nodes need;
 * a client that came sooner would be told that no combination of peers satisfies the policy.
 * @throws ProcessError after a minute and a half.
 */
export async function awaitEndorsement(
  { network, folders }: Site,
  organisation: Organisation,
): Promise<void> {
  const own = folders.organisation(organisation);
  const { certificatePem, privateKeyPem } = await readKeyPair(own.administrator);
  const identity = { mspId: organisation.mspId, credentials: Buffer.from(certificatePem) };
  const signer = signers.newPrivateKeySigner(createPrivateKey(privateKeyPem));
  const client = new discovery.DiscoveryClient(
    `${organisation.peer.host}:${organisation.peer.port}`,
    credentials.createSsl(await readFile(own.tlsRoot)),
    { "grpc.ssl_target_name_override": peerName(organisation) },
  );
  const deadline = () => ({ deadline: Date.now() + DEADLINE_MS });
  const gateway = connect({ client, identity, signer, hash: hash.sha256, evaluateOptions: deadline });
  const contract = gateway.getNetwork(network.channel).getContract(network.chaincode);
  try {
    await untilReady(`The chaincode of ${organisation.title}`, async () => {
      try {
        await contract.evaluate(UNKNOWN_TRANSACTION, { endorsingOrganizations: [organisation.mspId] });
      } catch (error) {
        if (!isAnswer(error)) throw error;
      }
    });
    const query = await endorsersQuery(network, identity, signer);
    await untilReady(`Endorsement through ${organisation.title}`, async () => {
      const endorsers = await askEndorsers(client, query);
      if (endorsers < network.organisations.length)
        throw new ChannelError(`knows ${endorsers} of ${network.organisations.length} organisations' peers`);
    });
  } finally {
    gateway.close();
    client.close();
  }
}

/** The chaincode itself refused, which it can only do when it runs. */
function isAnswer(error: unknown): boolean {
  return error instanceof GatewayError && error.message.includes("chaincode response 500");
}

async function endorsersQuery(
  network: Network,
  identity: { mspId: string; credentials: Uint8Array },
  signer: Signer,
): Promise<discovery.SignedRequest> {
  const creator = new msp.SerializedIdentity();
  creator.setMspid(identity.mspId);
  creator.setIdBytes(identity.credentials);
  const authentication = new discovery.AuthInfo();
  authentication.setClientIdentity(creator.serializeBinary());
  const call = new peer.ChaincodeCall();
  call.setName(network.chaincode);
  const interest = new peer.ChaincodeInterest();
  interest.addChaincodes(call);
  const chaincodes = new discovery.ChaincodeQuery();
  chaincodes.addInterests(interest);
  const query = new discovery.Query();
  query.setChannel(network.channel);
  query.setCcQuery(chaincodes);
  const request = new discovery.Request();
  request.setAuthentication(authentication);
  request.addQueries(query);
  const payload = request.serializeBinary();
  const signed = new discovery.SignedRequest();
  signed.setPayload(payload);
  signed.setSignature(await signer(createHash("sha256").update(payload).digest()));
  return signed;
}

/** How many organisations' peers this one offers for an endorsement. */
function askEndorsers(client: discovery.DiscoveryClient, query: discovery.SignedRequest): Promise<number> {
  return new Promise((resolve, reject) => {
    client.discover(query, { deadline: Date.now() + DEADLINE_MS }, (error, response) => {
      if (error) return reject(error);
      const [result] = response?.getResultsList() ?? [];
      const refusal = result?.getError()?.getContent();
      if (refusal) return reject(new ChannelError(refusal));
      const [descriptor] = result?.getCcQueryRes()?.getContentList() ?? [];
      resolve(descriptor?.getEndorsersByGroupsMap().getLength() ?? 0);
    });
  });
}
