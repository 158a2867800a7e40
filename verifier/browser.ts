/**
 * The verifier in a worker of the reader's browser: takes a bundle by its address or as a file, and tells how far it is.
 * The same checks as `main.ts`, with the browser's own cryptography.
 */

import type { BrowserAnswer, BrowserQuestion } from "./browser-messages";
import { evidenceOfBundle, NoEvidenceError } from "./chain/frames";
import { verifyRound } from "./verify-round";

const scope = globalThis as unknown as {
  addEventListener(type: "message", listener: (event: MessageEvent<BrowserQuestion>) => void): void;
  postMessage(answer: BrowserAnswer): void;
};

scope.addEventListener("message", ({ data }) => {
  answer(data).catch((error: unknown) =>
    scope.postMessage({ kind: "failed", text: error instanceof Error ? error.message : String(error) }),
  );
});

async function answer({ bundle, round }: BrowserQuestion): Promise<void> {
  const { stream, size } =
    typeof bundle === "string" ? await fetched(bundle) : { stream: bundle.stream(), size: bundle.size };
  if (!stream) return scope.postMessage({ kind: "noEvidence" });
  try {
    const verification = await verifyRound(evidenceOfBundle(chunksOf(stream, size)), {
      round,
      progress: (progress) => scope.postMessage({ kind: "progress", progress }),
    });
    scope.postMessage({ kind: "done", verification });
  } catch (error) {
    if (!(error instanceof NoEvidenceError)) throw error;
    scope.postMessage({ kind: "noEvidence" });
  }
}

/** Without cookies: nobody needs to know who checks. */
async function fetched(address: string) {
  const response = await fetch(address, { credentials: "omit" }).catch(() => undefined);
  const size = Number(response?.headers.get("content-length") ?? 0);
  return { stream: response?.ok ? response.body : null, size };
}

async function* chunksOf(stream: ReadableStream<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  let read = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    read += next.value.length;
    scope.postMessage({ kind: "read", read, size });
    yield next.value;
  }
}
