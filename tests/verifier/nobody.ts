/** Identities that no organisation has given anybody, each unreadable in another way. */
import { msp } from "@hyperledger/fabric-protos";
import type { TestSigner } from "@/ledger/evidence/envelope-fixture";

/** `[0] EXPLICIT INTEGER 2`: version 3. */
const VERSION = Buffer.from("a003020102", "hex");
/** The object identifier 1.2.840.10045.4.3.2: ECDSA with SHA-256. */
const ALGORITHM = Buffer.from("06082a8648ce3d040302", "hex");

/** @param somebody whose certificate is made unreadable */
export function nobodies({ identity }: TestSigner): { name: string; identity: Uint8Array }[] {
  const own = msp.SerializedIdentity.deserializeBinary(identity);
  const name = Buffer.from(own.getMspid());
  const certificate = Buffer.from(own.getIdBytes_asU8());
  return [
    { name: "bytes of no identity", identity: Uint8Array.of(0xff) },
    { name: "an MSP that is no UTF-8", identity: serialised(Buffer.from([0xff, 0xfe]), certificate) },
    { name: "no certificate", identity: serialised(name, Buffer.from("nobody")) },
    {
      name: "a certificate of an unknown version",
      identity: serialised(name, edited(certificate, VERSION, 9)),
    },
    {
      name: "a certificate signed with an unknown algorithm",
      identity: serialised(name, edited(certificate, ALGORITHM, 99)),
    },
  ];
}

function serialised(mspId: Uint8Array, certificate: Uint8Array): Uint8Array {
  const identity = new msp.SerializedIdentity();
  identity.setIdBytes(certificate);
  return Buffer.concat([Uint8Array.of(0x0a, mspId.length), mspId, identity.serializeBinary()]);
}

/** A PEM with the last byte of each of these replaced. */
function edited(pem: Buffer, found: Buffer, last: number): Buffer {
  const der = Buffer.from(pem.toString().replace(/-----[^-]+-----|\s/g, ""), "base64");
  let at = der.indexOf(found);
  if (at < 0) throw new Error("the certificate has no such part");
  for (; at >= 0; at = der.indexOf(found, at + found.length)) der[at + found.length - 1] = last;
  const lines = der.toString("base64").replace(/.{64}(?=.)/g, "$&\n");
  return Buffer.from(`-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`);
}
