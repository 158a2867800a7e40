import { X509Certificate } from "node:crypto";
import { verifyLowS } from "../msp/signature";
import { authenticationFailure } from "./errors";

/**
 * Checks Fabric CA's authentication token (`util.VerifyToken`): `base64(certificate) "." base64(signature)`, the
 * signature being over `method "." base64(uri) "." base64(body) "." base64(certificate)`.
 * @returns the certificate that signed; whether it is trusted is for the caller to say
 * @throws CaError with status 401
 */
export function certificateOfToken(
  token: string,
  method: string,
  uri: string,
  body: Buffer,
): X509Certificate {
  const [encodedCertificate, encodedSignature, ...rest] = token.split(".");
  if (!encodedCertificate || !encodedSignature || rest.length > 0)
    throw authenticationFailure("the token has not the form certificate.signature");
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(Buffer.from(encodedCertificate, "base64"));
  } catch {
    throw authenticationFailure("the token's certificate cannot be read");
  }
  const signed = [
    method,
    Buffer.from(uri).toString("base64"),
    body.toString("base64"),
    encodedCertificate,
  ].join(".");
  const signature = Buffer.from(encodedSignature, "base64");
  if (!verifyLowS(certificate.publicKey, Buffer.from(signed), signature))
    throw authenticationFailure("the token's signature is not valid");
  return certificate;
}
