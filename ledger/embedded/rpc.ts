import {
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type sendUnaryData,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { gateway, peer } from "@hyperledger/fabric-protos";
import { type Decoded, decode, type Message } from "../evidence/protobuf/decode";
import {
  endorseRequest,
  evaluateRequest,
  type SignedProposal,
  type SignedRequest,
  signedProposal,
  signedRequest,
  submitRequest,
} from "../evidence/protobuf/messages";
import type { BlockReader } from "./deliver/block-reader";
import { type DeliverOptions, deliverDefinition, deliverImplementation } from "./deliver/service";
import { StartFailure } from "./failure";
import { type ChaincodeEventsCall, streamChaincodeEvents } from "./gateway/chaincode-events";
import { ConcurrencyLimit } from "./gateway/concurrency";
import { internalError, RpcError } from "./gateway/errors";
import type { GatewayService } from "./gateway/service";
import type { Log } from "./log";
import { maximumEnvelopeBytes } from "./ordering/orderer";
import { Turns } from "./turns";

export interface RpcServerOptions {
  readonly gateway: GatewayService;
  readonly deliver: DeliverOptions;
  readonly reader: BlockReader;
  readonly port: number;
  readonly tls: { readonly key: string; readonly cert: string };
  readonly log: Log;
}

/**
 * Nothing larger than an envelope that the orderer takes, with what stands around it, has a use here. Fabric's peers read
 * 100 MB of anybody before they look at it.
 */
const longestRequest = maximumEnvelopeBytes + 2 ** 20;
const longestAnswer = 100 * 1024 * 1024;
/** `peer.limits.concurrency` of Fabric's `core.yaml`. */
const concurrency = { gateway: 500, endorser: 2500, deliver: 2500 };
const stopWithinMs = 3_000;
/** Made once: an abort without a reason makes an error with a trace, for every call that ends. */
const clientGone = new Error("the client has gone");

/**
 * Serves `gateway.Gateway`, `protos.Deliver` and `protos.Endorser` over TLS on the loopback interface.
 * @throws StartFailure if the port is taken
 */
export async function startRpcServer(
  options: RpcServerOptions,
): Promise<{ port: number; stop(): Promise<void> }> {
  const { gateway: service, log, reader, tls } = options;
  const server = new Server({
    "grpc.max_receive_message_length": longestRequest,
    "grpc.max_send_message_length": longestAnswer,
    // Nobody asks for channelz here, and it counts every call.
    "grpc.enable_channelz": 0,
  });
  server.addService(gatewayDefinition, gatewayImplementation(service, reader, log));
  server.addService(endorserDefinition, endorserImplementation(service, log));
  const deliverLimit = new ConcurrencyLimit("/protos.Deliver", concurrency.deliver);
  server.addService(deliverDefinition, deliverImplementation(options.deliver, deliverLimit));
  const pair = { private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.cert) };
  const credentials = ServerCredentials.createSsl(null, [pair]);
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync(`127.0.0.1:${options.port}`, credentials, (error, bound) =>
      error
        ? reject(
            new StartFailure(
              `The port ${options.port} for the ledger cannot be used: ${error.message}. Choose another with --port.`,
            ),
          )
        : resolve(bound),
    ),
  );
  const stop = () =>
    new Promise<void>((resolve) => {
      // Event streams never end by themselves.
      const timer = setTimeout(() => server.forceShutdown(), stopWithinMs);
      server.tryShutdown(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  return { port, stop };
}

/** Requests are read within bounds, and the event stream's messages are bytes made by hand. */
const gatewayDefinition = {
  evaluate: { ...gateway.GatewayService.evaluate, requestDeserialize: reader(evaluateRequest) },
  endorse: { ...gateway.GatewayService.endorse, requestDeserialize: reader(endorseRequest) },
  submit: { ...gateway.GatewayService.submit, requestDeserialize: reader(submitRequest) },
  commitStatus: { ...gateway.GatewayService.commitStatus, requestDeserialize: reader(signedRequest) },
  chaincodeEvents: {
    ...gateway.GatewayService.chaincodeEvents,
    requestDeserialize: reader(signedRequest),
    responseSerialize: (bytes: Uint8Array) => Buffer.from(bytes),
  },
};

const endorserDefinition = {
  processProposal: { ...peer.EndorserService.processProposal, requestDeserialize: reader(signedProposal) },
};

/** Ties the services' functions to gRPC: answers, errors, and clients that go away. */
function gatewayImplementation(
  service: GatewayService,
  reader: BlockReader,
  log: Log,
): UntypedServiceImplementation {
  const turns = new Turns();
  const limit = new ConcurrencyLimit("/gateway.Gateway", concurrency.gateway);
  const inTurn = <Request, Response>(handle: (request: Request) => Promise<Response>) =>
    unary(log, limit, async (request: Request) => {
      await turns.next();
      return handle(request);
    });
  return {
    evaluate: inTurn((request: Decoded<typeof evaluateRequest>) => service.evaluate(request)),
    endorse: inTurn((request: Decoded<typeof endorseRequest>) => service.endorse(request)),
    submit: inTurn((request: Decoded<typeof submitRequest>) => service.submit(request)),
    commitStatus: waiting(log, turns, limit, (request: SignedRequest, signal) =>
      service.commitStatus(request, signal),
    ),
    chaincodeEvents: (call: ChaincodeEventsCall) => {
      const gone = new AbortController();
      call.on("cancelled", () => gone.abort(clientGone));
      call.on("error", () => gone.abort(clientGone));
      const stream = async () => {
        const leave = limit.enter();
        try {
          await streamChaincodeEvents(call, service, reader, gone.signal);
        } finally {
          leave();
        }
      };
      stream().catch((error: unknown) => {
        // Not `destroy`, which would end the call without a status.
        if (!gone.signal.aborted) call.emit("error", rpcError(error, log));
      });
    },
  };
}

function endorserImplementation(service: GatewayService, log: Log): UntypedServiceImplementation {
  const limit = new ConcurrencyLimit("/protos.Endorser", concurrency.endorser);
  return {
    processProposal: unary(log, limit, (request: SignedProposal) => service.processProposal(request)),
  };
}

function unary<Request, Response>(
  log: Log,
  limit: ConcurrencyLimit,
  handle: (request: Request) => Promise<Response>,
): (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>) => void {
  const counted = async (request: Request) => {
    const leave = limit.enter();
    try {
      return await handle(request);
    } finally {
      leave();
    }
  };
  return (call, callback) => {
    counted(call.request).then(
      (response) => callback(null, response),
      (error: unknown) => callback(rpcError(error, log)),
    );
  };
}

/** For calls that wait: they end when the client goes, at its deadline at the latest. */
function waiting<Request, Response>(
  log: Log,
  turns: Turns,
  limit: ConcurrencyLimit,
  handle: (request: Request, signal: AbortSignal) => Promise<Response>,
): (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>) => void {
  return (call, callback) => {
    const gone = new AbortController();
    const leave = () => gone.abort(clientGone);
    call.on("cancelled", leave);
    const answered = (error: RpcError | null, response?: Response) => {
      call.off("cancelled", leave);
      if (!gone.signal.aborted) callback(error, response);
    };
    const handled = async () => {
      const done = limit.enter();
      try {
        // A block wakes many at once.
        await turns.next();
        return await handle(call.request, gone.signal);
      } finally {
        done();
      }
    };
    handled().then(
      async (response) => {
        await turns.next();
        answered(null, response);
      },
      (error: unknown) => answered(gone.signal.aborted ? null : rpcError(error, log)),
    );
  };
}

/** How gRPC gets a request out of its bytes; what it throws is answered with INTERNAL, as by Fabric's server. */
function reader<T>(kind: Message<T>): (bytes: Buffer) => T {
  return (bytes) => decode(kind, bytes);
}

function rpcError(error: unknown, log: Log): RpcError {
  if (error instanceof RpcError) return error;
  log.error("a request failed", { error: error instanceof Error ? (error.stack ?? error.message) : error });
  return internalError();
}
