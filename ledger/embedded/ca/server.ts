import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { StartFailure } from "../failure";
import type { Log } from "../log";
import { authenticationFailure, CaError, caErrorCodes } from "./errors";
import { type CaService, enrolSchema, registerSchema, revokeSchema } from "./service";
import { certificateOfToken } from "./token";

const maximumBody = 64 * 1024;
/** `fabric-ca-client` leaves it out. */
const prefix = /^\/(api\/v1\/)?/;

interface CaRequest {
  readonly service: CaService;
  readonly method: string;
  /** Path and query as the client wrote them: they are signed by its token. */
  readonly uri: string;
  readonly authorisation: string | undefined;
  readonly rawBody: Buffer;
  readonly body: unknown;
}

type Endpoint = { readonly status: number; handle(request: CaRequest): Promise<unknown> };

/** A subset of Fabric CA's REST interface, enough to register, enrol and revoke people and nodes. */
const endpoints: Readonly<Record<string, Endpoint>> = {
  cainfo: { status: 200, handle: async ({ service }) => service.info() },
  register: {
    status: 201,
    handle: async (request) =>
      request.service.register(await callerOf(request), parse(registerSchema, request.body)),
  },
  enroll: {
    status: 201,
    handle: async (request) => {
      const [id, secret] = basicCredentials(request.authorisation);
      const identity = await request.service.authenticate(id, secret);
      const certificate = await request.service.enrol(identity, parse(enrolSchema, request.body));
      return enrolment(request.service, certificate);
    },
  },
  reenroll: {
    status: 201,
    handle: async (request) => {
      const { identity } = await callerOf(request);
      const certificate = await request.service.enrol(identity, parse(enrolSchema, request.body));
      return enrolment(request.service, certificate);
    },
  },
  revoke: {
    status: 200,
    handle: async (request) =>
      request.service.revoke(await callerOf(request), parse(revokeSchema, request.body)),
  },
  gencrl: {
    status: 200,
    handle: async (request) => request.service.generateRevocationList(await callerOf(request)),
  },
};

export interface CaServerOptions {
  readonly services: readonly CaService[];
  readonly port: number;
  readonly tls: { readonly key: string; readonly cert: string };
  readonly log: Log;
}

/**
 * Starts the CAs of all organisations on one loopback port; `caname` or `?ca=` selects one.
 * @throws StartFailure if the port is taken
 */
export async function startCaServer(
  options: CaServerOptions,
): Promise<{ port: number; stop(): Promise<void> }> {
  const services = new Map(options.services.map((service) => [service.options.name, service]));
  const server = createServer(options.tls, (request, response) => {
    void answer(request, response, services, options.log);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) =>
      reject(
        new StartFailure(
          `The port ${options.port} for the certificate authorities cannot be used: ${error.message}. Choose another with --ca-port.`,
        ),
      ),
    );
    server.listen(options.port, "127.0.0.1", resolve);
  });
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { port: (server.address() as AddressInfo).port, stop };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  services: ReadonlyMap<string, CaService>,
  log: Log,
): Promise<void> {
  try {
    const { status, result } = await dispatch(request, services);
    send(response, status, { result, errors: [], messages: [], success: true });
  } catch (error) {
    const known =
      error instanceof CaError
        ? error
        : new CaError(500, caErrorCodes.unknown, "The CA could not answer; its log says why", String(error));
    log.warn("the CA refused a request", { url: request.url, status: known.status, reason: known.message });
    send(response, known.status, {
      result: "",
      errors: [{ code: known.code, message: known.remoteMessage }],
      messages: [],
      success: false,
    });
  }
}

async function dispatch(
  request: IncomingMessage,
  services: ReadonlyMap<string, CaService>,
): Promise<{ status: number; result: unknown }> {
  const uri = request.url ?? "/";
  const url = new URL(uri, "https://localhost");
  const name = url.pathname.replace(prefix, "");
  const endpoint = Object.hasOwn(endpoints, name) ? endpoints[name] : undefined;
  if (!endpoint) throw new CaError(404, caErrorCodes.unknown, "404 page not found");
  const method = request.method ?? "GET";
  if (method !== "POST" && !(name === "cainfo" && method === "GET"))
    throw new CaError(405, caErrorCodes.methodNotAllowed, `Method ${method} is not allowed`);
  const rawBody = await readBody(request);
  const body = rawBody.length > 0 ? parseJson(rawBody) : {};
  const caName = url.searchParams.get("ca") ?? parse(caNameSchema, body).caname;
  const service = caName === undefined ? services.values().next().value : services.get(caName);
  if (!service) throw new CaError(404, caErrorCodes.caNotFound, `CA '${caName}' does not exist`);
  const { authorization: authorisation } = request.headers;
  const result = await endpoint.handle({ service, method, uri, authorisation, rawBody, body });
  return { status: endpoint.status, result };
}

const caNameSchema = z.object({ caname: z.string().optional() });

async function callerOf(request: CaRequest) {
  if (!request.authorisation)
    throw new CaError(401, caErrorCodes.noAuthorisationHeader, "No authorization header");
  const { authorisation, method, uri, rawBody, service } = request;
  return service.callerOf(certificateOfToken(authorisation, method, uri, rawBody));
}

function basicCredentials(authorisation: string | undefined): [id: string, secret: string] {
  if (!authorisation) throw new CaError(401, caErrorCodes.noAuthorisationHeader, "No authorization header");
  const [scheme, encoded] = authorisation.split(" ");
  const decoded = Buffer.from(encoded ?? "", "base64").toString("utf8");
  const colon = decoded.indexOf(":");
  if (scheme?.toLowerCase() !== "basic" || colon < 1)
    throw authenticationFailure("No user/pass in authorization header");
  return [decoded.slice(0, colon), decoded.slice(colon + 1)];
}

function enrolment(service: CaService, certificatePem: string): Record<string, unknown> {
  return { Cert: Buffer.from(certificatePem).toString("base64"), ServerInfo: service.info() };
}

function parse<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new CaError(
    400,
    caErrorCodes.badBody,
    `Invalid request body: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "unreadable"}`,
  );
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new CaError(400, caErrorCodes.badBody, "Invalid request body: it is not JSON");
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += (chunk as Buffer).length;
    if (length > maximumBody)
      throw new CaError(413, caErrorCodes.readingBody, `The request is over ${maximumBody} bytes`);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { "content-type": "application/json", "content-length": bytes.length });
  response.end(bytes);
}
