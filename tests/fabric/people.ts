import { createHash, createPrivateKey, randomBytes } from "node:crypto";
import * as grpc from "@grpc/grpc-js";
import { connect, type Gateway, hash, type Network, signers } from "@hyperledger/fabric-gateway";
import { common } from "@hyperledger/fabric-protos";
import { CaClient, type KeyPair } from "@/ledger/client/ca-client";
import { type Connection, type ConnectionOrganisation, readRegistrar } from "@/ledger/client/connection";
import { newKeyAndRequest } from "@/ledger/client/key-pair";

/** Somebody with a certificate of one organisation. */
export interface Person extends KeyPair {
  enrolmentId: string;
  organisation: ConnectionOrganisation;
}

export function organisationOf(connection: Connection, name: string): ConnectionOrganisation {
  const organisation = connection.organisations.find((each) => each.name === name);
  if (!organisation) throw new RangeError(`The connection names no organisation ${name}`);
  return organisation;
}

/** The application's registrar of one organisation, with a certificate to act as such. */
export async function registrarOf(
  organisation: ConnectionOrganisation,
): Promise<{ ca: CaClient; registrar: KeyPair }> {
  const ca = new CaClient(organisation.ca);
  const credential = await readRegistrar(organisation);
  return { ca, registrar: await enrol(ca, credential.enrolmentId, credential.secret) };
}

/** Registers and enrols a person with the organisation's own CA, as the application does. */
export async function newPerson(
  organisation: ConnectionOrganisation,
  role: string,
  municipality = "001272",
): Promise<Person> {
  const { ca, registrar } = await registrarOf(organisation);
  const enrolmentId = randomBytes(12).toString("hex");
  const secret = await ca.register(registrar, {
    enrolmentId,
    type: "client",
    attributes: {
      "cocity.role": role,
      "cocity.municipality": municipality,
      "cocity.person": randomBytes(12).toString("hex"),
    },
  });
  return { enrolmentId, organisation, ...(await enrol(ca, enrolmentId, secret)) };
}

/** Where a block's metadata has one validation code for each transaction. */
const VALIDITY = 2;

/** A gateway session of a person through one peer, of any organisation. */
export function openSession(connection: Connection, person: Person, through = person.organisation) {
  const peer = through.peers[0];
  if (!peer) throw new RangeError(`${through.name} has no peer`);
  const client = new grpc.Client(
    peer.endpoint,
    peer.tlsCaPem
      ? grpc.credentials.createSsl(Buffer.from(peer.tlsCaPem))
      : grpc.credentials.createInsecure(),
    { "grpc.ssl_target_name_override": peer.hostname },
  );
  const gateway: Gateway = connect({
    client,
    identity: { mspId: person.organisation.mspId, credentials: Buffer.from(person.certificatePem) },
    signer: signers.newPrivateKeySigner(createPrivateKey(person.privateKeyPem)),
    hash: hash.sha256,
    evaluateOptions: () => ({ deadline: Date.now() + 15_000 }),
    endorseOptions: () => ({ deadline: Date.now() + 30_000 }),
    submitOptions: () => ({ deadline: Date.now() + 15_000 }),
    commitStatusOptions: () => ({ deadline: Date.now() + 60_000 }),
  });
  const network: Network = gateway.getNetwork(connection.channel);
  return {
    gateway,
    network,
    contract: network.getContract(connection.chaincode),
    /** How many blocks the peer has. */
    async height(): Promise<number> {
      const answer = await network
        .getContract("qscc")
        .evaluateTransaction("GetChainInfo", connection.channel);
      return common.BlockchainInfo.deserializeBinary(answer).getHeight();
    },
    /** SHA-256, hex, over the first blocks as the peer has them: headers, data, and what it holds to be valid. */
    async digest(blocks: number): Promise<string> {
      const digest = createHash("sha256");
      for (let number = 0; number < blocks; number++) {
        const answer = await network
          .getContract("qscc")
          .evaluateTransaction("GetBlockByNumber", connection.channel, String(number));
        const block = common.Block.deserializeBinary(answer);
        const validity = block.getMetadata()?.getMetadataList_asU8()[VALIDITY] ?? new Uint8Array();
        digest.update(block.getHeader()?.serializeBinary() ?? "").update(validity);
        digest.update(block.getData()?.serializeBinary() ?? "");
      }
      return digest.digest("hex");
    },
    close() {
      gateway.close();
      client.close();
    },
  };
}

async function enrol(ca: CaClient, enrolmentId: string, secret: string): Promise<KeyPair> {
  const { privateKeyPem, csrPem } = await newKeyAndRequest(enrolmentId);
  const { certificatePem } = await ca.enrol({ enrolmentId, secret, csrPem });
  return { certificatePem, privateKeyPem };
}
