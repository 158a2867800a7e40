/** The program of a voter's device, in a worker of its own: pages ask it and are answered. */
import { webPrimitives } from "@/voting/sealed/web";
import { DeviceFault } from "./faults";
import { type AnswerMessage, type RequestMessage, requestsOf } from "./requests";

/** The part of a worker's global that is used: the project's types are those of pages. */
const worker = globalThis as unknown as {
  postMessage(message: AnswerMessage): void;
  addEventListener(type: "message", listener: (event: MessageEvent<RequestMessage>) => void): void;
};

const requests = requestsOf({
  primitives: webPrimitives,
  fetch: (address, init) => fetch(address, init),
});

worker.addEventListener("message", async ({ data: { id, name, asked } }) => {
  const request = requests[name] as (asked: unknown, told: (step: string) => void) => Promise<unknown>;
  try {
    const answered = await request(asked, (told) => worker.postMessage({ id, told }));
    worker.postMessage({ id, answered });
  } catch (error) {
    worker.postMessage({ id, fault: faultOf(error) });
  }
});

function faultOf(error: unknown) {
  if (error instanceof DeviceFault) {
    const { code, party, reason } = error;
    return { code, ...(party && { party }), ...(reason && { reason }) };
  }
  // An older browser lacks the curves of WebCrypto and says so in this way.
  if (error instanceof DOMException) return { code: "unsupported" };
  return { code: "failed" };
}
