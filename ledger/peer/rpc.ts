import {
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type sendUnaryData,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { gateway, peer } from "@hyperledger/fabric-protos";
import type { BlockReader } from "./deliver/blockReader";
import { type DeliverOptions, deliverDefinition, deliverImplementation } from "./deliver/service";
import { StartFailure } from "./failure";
import { type ChaincodeEventsCall, streamChaincodeEvents } from "./gateway/chaincodeEvents";
import { internalError, RpcError } from "./gateway/errors";
import type { GatewayService } from "./gateway/service";
import type { Log } from "./log";
import { Turns } from "./turns";

export interface RpcServerOptions {
  readonly gateway: GatewayService;
  readonly deliver: DeliverOptions;
  readonly reader: BlockReader;
  readonly port: number;
  readonly tls: { readonly key: string; readonly cert: string };
  readonly log: Log;
}

/** Fabric's default limit for a peer (`peer.limits`/`grpc` server options). */
const maximumMessageBytes = 100 * 1024 * 1024;
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
    "grpc.max_receive_message_length": maximumMessageBytes,
    "grpc.max_send_message_length": maximumMessageBytes,
    // Nobody asks for channelz here, and it counts every call.
    "grpc.enable_channelz": 0,
  });
  server.addService(gatewayDefinition, gatewayImplementation(service, reader, log));
  server.addService(peer.EndorserService, endorserImplementation(service, log));
  server.addService(deliverDefinition, deliverImplementation(options.deliver));
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

/** `gateway.Gateway`, its event stream's messages being bytes made by hand. */
const gatewayDefinition = {
  ...gateway.GatewayService,
  chaincodeEvents: {
    ...gateway.GatewayService.chaincodeEvents,
    responseSerialize: (bytes: Uint8Array) => Buffer.from(bytes),
  },
};

/** Ties the services' functions to gRPC: answers, errors, and clients that go away. */
function gatewayImplementation(
  service: GatewayService,
  reader: BlockReader,
  log: Log,
): UntypedServiceImplementation {
  const turns = new Turns();
  const inTurn = <Request, Response>(handle: (request: Request) => Promise<Response>) =>
    unary(log, async (request: Request) => {
      await turns.next();
      return handle(request);
    });
  return {
    evaluate: inTurn((request: InstanceType<typeof gateway.EvaluateRequest>) => service.evaluate(request)),
    endorse: inTurn((request: InstanceType<typeof gateway.EndorseRequest>) => service.endorse(request)),
    submit: inTurn((request: InstanceType<typeof gateway.SubmitRequest>) => service.submit(request)),
    commitStatus: waiting(
      log,
      turns,
      (request: InstanceType<typeof gateway.SignedCommitStatusRequest>, signal) =>
        service.commitStatus(request, signal),
    ),
    chaincodeEvents: (call: ChaincodeEventsCall) => {
      const gone = new AbortController();
      call.on("cancelled", () => gone.abort(clientGone));
      call.on("error", () => gone.abort(clientGone));
      streamChaincodeEvents(call, service, reader, gone.signal).catch((error: unknown) => {
        // Not `destroy`, which would end the call without a status.
        if (!gone.signal.aborted) call.emit("error", rpcError(error, log));
      });
    },
  };
}

function endorserImplementation(service: GatewayService, log: Log): UntypedServiceImplementation {
  return {
    processProposal: unary(log, (request: InstanceType<typeof peer.SignedProposal>) =>
      service.processProposal(request),
    ),
  };
}

function unary<Request, Response>(
  log: Log,
  handle: (request: Request) => Promise<Response>,
): (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>) => void {
  return (call, callback) => {
    handle(call.request).then(
      (response) => callback(null, response),
      (error: unknown) => callback(rpcError(error, log)),
    );
  };
}

/** For calls that wait: they end when the client goes, at its deadline at the latest. */
function waiting<Request, Response>(
  log: Log,
  turns: Turns,
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
    // A block wakes many at once.
    const handled = turns.next().then(() => handle(call.request, gone.signal));
    handled.then(
      async (response) => {
        await turns.next();
        answered(null, response);
      },
      (error: unknown) => answered(gone.signal.aborted ? null : rpcError(error, log)),
    );
  };
}

function rpcError(error: unknown, log: Log): RpcError {
  if (error instanceof RpcError) return error;
  log.error("a request failed", { error: error instanceof Error ? (error.stack ?? error.message) : error });
  return internalError();
}
