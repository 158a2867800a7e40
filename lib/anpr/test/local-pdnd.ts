/**
 * PDND and ANPR on this machine for tests: the authorisation server and the two services, which check what the real ones are
 * documented to check. What they answer can be exchanged for something hostile. Its people are invented.
 */
import { createHash, createPublicKey, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { importJWK, jwtVerify, SignJWT } from "jose";
import { keyPair } from "../../federation/test/signing";
import { type Caller, clientKey, type Purpose } from "./local-clients";

/** As ANPR's gateway says that a request is not what it has to be, whatever it is that is wrong. */
class Rejected extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    /** For the test alone: the real one does not say it. */
    readonly why: string,
  ) {
    super(why);
  }
}

export interface Received {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

type Reply = (response: ServerResponse, asked: { fiscalNumber: string; caller: Caller }) => void;

export class LocalPdnd {
  readonly #keys = keyPair("pdnd");
  readonly #jtis = new Set<string>();
  readonly #operations = new Set<string>();
  readonly received: Received[] = [];
  /** Why requests were turned down. */
  readonly rejections: string[] = [];
  /** Municipality of residence by fiscal number. */
  readonly residents = new Map<string, string>();
  readonly purposes = new Map<string, Purpose>();
  /** A service that answers otherwise than it should. */
  reply: Reply | undefined;
  voucherReply: ((response: ServerResponse) => void) | undefined;
  voucherSeconds = 600;
  /** Milliseconds by which its clock is ahead. */
  ahead = 0;
  #server: Server | undefined;
  origin = "";

  get tokenAudience(): string {
    return "auth.local.invalid/client-assertion";
  }

  address(service: string): string {
    return `${this.origin}/rest/in/MinInternoPortaANPR-PDND/${service}/v1`;
  }

  /** Without the part by which PDND's calls come in. */
  audience(service: string): string {
    return this.address(service).replace("-PDND", "");
  }

  async start(): Promise<this> {
    this.#server = createServer(async (request, response) => {
      let body = "";
      for await (const part of request) body += part;
      const { url: path = "", headers } = request;
      this.received.push({ path, headers, body });
      try {
        await this.#answer({ path, headers, body }, response);
      } catch (error) {
        const { status, title, why } =
          error instanceof Rejected ? error : new Rejected(401, "AuthorizationDeny", String(error));
        this.rejections.push(why);
        response.writeHead(status, { "content-type": "application/problem+json" });
        response.end(JSON.stringify({ title, status, govway_id: randomUUID() }));
      }
    });
    await new Promise<void>((done) => this.#server?.listen(0, "127.0.0.1", done));
    this.origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  stop(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }

  reset(): void {
    this.received.length = 0;
    this.rejections.length = 0;
    this.reply = undefined;
    this.voucherReply = undefined;
    this.voucherSeconds = 600;
    this.ahead = 0;
  }

  get #now(): Date {
    return new Date(Date.now() + this.ahead);
  }

  async #answer(request: Received, response: ServerResponse): Promise<void> {
    if (request.path === "/token.oauth2") return this.#token(request, response);
    const service = /\/MinInternoPortaANPR-PDND\/([\w-]+)\/v1\/anpr-service-e002$/.exec(request.path)?.[1];
    if (!service) throw new Rejected(404, "NotFound", "no such address");
    await this.#service(service, request, response);
  }

  async #token({ body }: Received, response: ServerResponse): Promise<void> {
    if (this.voucherReply) return this.voucherReply(response);
    const form = new URLSearchParams(body);
    const refuse = (why: string) => new Rejected(400, "invalid_request", why);
    if (form.get("grant_type") !== "client_credentials") throw refuse("grant_type");
    if (form.get("client_assertion_type") !== "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
      throw refuse("client_assertion_type");
    const client = form.get("client_id") ?? "";
    const claims = await this.#signed(form.get("client_assertion") ?? "", client, this.tokenAudience);
    const purpose = this.purposes.get(String(claims.purposeId));
    if (!purpose || purpose.client !== client) throw refuse("purposeId");
    const { digest } = claims as { digest?: { alg?: string; value?: string } };
    if (digest && (digest.alg !== "SHA256" || !/^[0-9a-f]{64}$/.test(digest.value ?? "")))
      throw refuse("digest");
    const now = Math.floor(this.#now.getTime() / 1000);
    const voucher = await new SignJWT({
      ...{ client_id: client, purposeId: claims.purposeId, jti: randomUUID(), ...(digest && { digest }) },
    })
      .setProtectedHeader({ alg: "RS256", typ: "at+jwt", kid: "pdnd" })
      .setIssuer("auth.local.invalid")
      .setSubject(client)
      .setAudience(this.audience(purpose.service))
      .setIssuedAt(now)
      .setNotBefore(now)
      .setExpirationTime(now + this.voucherSeconds)
      .sign(await importJWK(this.#keys.secret, "RS256"));
    const answer = { access_token: voucher, token_type: "Bearer", expires_in: this.voucherSeconds };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
  }

  async #service(service: string, request: Received, response: ServerResponse): Promise<void> {
    const { headers, body } = request;
    const refuse = (why: string) => new Rejected(400, "InteroperabilityInvalidRequest", why);
    const audience = this.audience(service);
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1] ?? "";
    const { payload: voucher } = await jwtVerify(
      token,
      createPublicKey({ key: this.#keys.known, format: "jwk" }),
      {
        ...{ audience, issuer: "auth.local.invalid", typ: "at+jwt", currentDate: this.#now },
      },
    ).catch((error: Error) => {
      throw new Rejected(401, "AuthenticationFailed", `voucher: ${error.message}`);
    });
    const client = String(voucher.client_id);
    const digest = `SHA-256=${createHash("sha256").update(body).digest("base64")}`;
    if (headers.digest !== digest) throw refuse("Digest");
    const signature = await this.#signed(String(headers["agid-jwt-signature"]), client, audience);
    const signedHeaders = Object.assign({}, ...(signature.signed_headers as object[])) as Record<
      string,
      string
    >;
    if (signedHeaders.digest !== digest || signedHeaders["content-type"] !== headers["content-type"])
      throw refuse("signed_headers");
    const caller: Caller = { client };
    if (service.startsWith("C020")) {
      const evidence = String(headers["agid-jwt-trackingevidence"]);
      const claims = await this.#signed(evidence, client, audience);
      const { digest: bound } = voucher as { digest?: { value?: string } };
      if (bound?.value !== createHash("sha256").update(evidence).digest("hex"))
        throw refuse("evidence and voucher");
      for (const name of ["userID", "userLocation", "LoA", "dnonce"] as const)
        if (typeof claims[name] !== "string" || !claims[name]) throw refuse(name);
      if (String(claims.LoA).length > 20) throw refuse("LoA");
      if (claims.purposeId !== voucher.purposeId) throw refuse("purposeId");
      Object.assign(caller, { userID: claims.userID, level: claims.LoA });
    }
    const fiscalNumber = this.#question(service.slice(0, 4), body, refuse);
    if (this.reply) return this.reply(response, { fiscalNumber, caller });
    const [status, answer] = this.answerFor(service.slice(0, 4), fiscalNumber, body);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
  }

  #question(useCase: string, body: string, refuse: (why: string) => Rejected): string {
    const question = JSON.parse(body);
    const { idOperazioneClient: operation, criteriRicerca, datiRichiesta, verifica } = question;
    if (typeof operation !== "string" || operation.length > 30 || this.#operations.has(operation))
      throw refuse("idOperazioneClient");
    this.#operations.add(operation);
    if (datiRichiesta?.casoUso !== useCase || !datiRichiesta.motivoRichiesta) throw refuse("datiRichiesta");
    if (!/^\d{4}-\d{2}-\d{2}$/.test(datiRichiesta.dataRiferimentoRichiesta)) throw refuse("data");
    if (useCase === "C008" && !verifica?.residenza?.indirizzo?.comune?.codiceIstat) throw refuse("verifica");
    return criteriRicerca.codiceFiscale;
  }

  /** What an honest service says. */
  answerFor(useCase: string, fiscalNumber: string, body: string): [status: number, answer: object] {
    const code = this.residents.get(fiscalNumber);
    if (code === undefined)
      return [404, { listaErrori: [{ codiceErroreAnomalia: "EN122", tipoErroreAnomalia: "E" }] }];
    const asked = JSON.parse(body).verifica?.residenza.indirizzo.comune.codiceIstat;
    const subject =
      useCase === "C008"
        ? {
            infoSoggettoEnte: [
              { chiave: "Verifica dichiarazione residenza", valore: asked === code ? "S" : "N" },
            ],
          }
        : {
            generalita: { codiceFiscale: { codFiscale: fiscalNumber, validitaCF: "1" }, cognome: "ROSSI" },
            residenza: [
              {
                indirizzo: {
                  comune: { nomeComune: "COMUNE", codiceIstat: code, siglaProvinciaIstat: "TO" },
                  toponimo: { specie: "VIA", denominazioneToponimo: "DELLA PROVA" },
                },
                dataDecorrenzaResidenza: "2020-01-01",
              },
            ],
            identificativi: { idANPR: "AB12345CD" },
          };
    return [200, { idOperazioneANPR: "7000001", listaSoggetti: { datiSoggetto: [subject] } }];
  }

  /** A token of a client: its key, whom it is for, its times without any tolerance, and that it was not there before. */
  async #signed(token: string, client: string, audience: string) {
    const known = clientKey(client);
    if (!known) throw new Rejected(400, "invalid_client", "client");
    const { payload, protectedHeader } = await jwtVerify(token, known.publicKey, {
      ...{ issuer: client, subject: client, audience, currentDate: this.#now, algorithms: ["RS256"] },
      ...{ typ: "JWT", requiredClaims: ["iat", "exp", "jti"] },
    }).catch((error: Error) => {
      throw new Rejected(400, "InteroperabilityInvalidRequest", `token: ${error.message}`);
    });
    if (protectedHeader.kid !== known.kid)
      throw new Rejected(400, "InteroperabilityInvalidRequest", "token: kid");
    if ((payload.iat ?? Number.POSITIVE_INFINITY) > this.#now.getTime() / 1000)
      throw new Rejected(400, "InteroperabilityInvalidRequest", "token: iat");
    if (this.#jtis.has(String(payload.jti)))
      throw new Rejected(400, "InteroperabilityInvalidRequest", "token: jti was there before");
    this.#jtis.add(String(payload.jti));
    return payload;
  }
}
