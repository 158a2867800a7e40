import { Client, type ClientOptions, credentials } from "@grpc/grpc-js";
import type { ConnectionPeer } from "../connection";
import { requireSoundAnswers } from "./sound-answers";

const clientOptions: ClientOptions = {
  "grpc.keepalive_time_ms": 120_000,
  "grpc.keepalive_timeout_ms": 20_000,
  "grpc.keepalive_permit_without_calls": 0,
  // A ledger that comes back is found within a second, not after gRPC's usual two minutes.
  "grpc.initial_reconnect_backoff_ms": 100,
  "grpc.max_reconnect_backoff_ms": 1_000,
  "grpc.max_receive_message_length": 256 * 1024 * 1024,
  "grpc.max_send_message_length": 256 * 1024 * 1024,
  // What is asked again, and of whom, is decided where the answer is waited for.
  "grpc.enable_retries": 0,
  // Nobody asks for channelz here, and it counts every call.
  "grpc.enable_channelz": 0,
};

/** A gRPC client of one peer, for `@hyperledger/fabric-gateway`. Connects when it is first asked something. */
export function openClient({ endpoint, tlsCaPem, hostname }: ConnectionPeer): Client {
  const security = tlsCaPem ? credentials.createSsl(Buffer.from(tlsCaPem)) : credentials.createInsecure();
  const options = tlsCaPem ? { ...clientOptions, "grpc.ssl_target_name_override": hostname } : clientOptions;
  const client = new UntracedClient(endpoint, security, options);
  requireSoundAnswers(client);
  return client;
}

/**
 * gRPC takes a stack trace with every call, in case it fails: a tenth of what a call costs. The traces end in the
 * gateway's library, which makes errors of its own.
 */
class UntracedClient extends Client {
  constructor(...args: ConstructorParameters<typeof Client>) {
    super(...args);
    const traced = this.makeUnaryRequest.bind(this) as (...request: unknown[]) => unknown;
    const untraced = (...request: unknown[]) => {
      const limit = Error.stackTraceLimit;
      Error.stackTraceLimit = 0;
      try {
        return traced(...request);
      } finally {
        Error.stackTraceLimit = limit;
      }
    };
    this.makeUnaryRequest = untraced as Client["makeUnaryRequest"];
  }
}
