/** The signer's own socket, which the seed and the tests use: no browser reaches it, and no other program is told of it. */
import { sign } from "node:crypto";
import { chmod, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { z } from "zod";
import { toBase64url } from "@/protocol/acts/base64url";
import { LONGEST_ACT } from "@/protocol/acts/signed-act";
import { Id, IstatCode, Organisation } from "@/protocol/primitives";
import { assertionOf } from "./assertion";
import { BodyTooLong, readBody } from "./body";
import { KeyOwner, type SignerKeys, spkiOf } from "./keys";

const LONGEST_BODY = 4_000_000;

/** Requests by path; each answers JSON. */
export const deskRequests = {
  "/passkey": KeyOwner,
  "/assertion": z.strictObject({
    municipality: IstatCode,
    person: Id,
    acts: z.array(z.string().max(LONGEST_ACT)).min(1).max(200),
  }),
  "/recovery-key": z.strictObject({ part: Organisation }),
  "/recovery-signature": z.strictObject({
    part: Organisation,
    /** What recovery keys sign, and nothing else. */
    text: z
      .string()
      .max(1_000_000)
      .regex(/^cocity (founding|recovery) 1\n/),
  }),
} as const;
export type DeskPath = keyof typeof deskRequests;
export type DeskRequest<P extends DeskPath> = z.infer<(typeof deskRequests)[P]>;

/** Listens on a socket that this account alone can open. */
export async function openDesk(keys: SignerKeys, socket: string): Promise<Server> {
  const server = createServer((request, response) => {
    handle(keys, request, response).catch((error: unknown) => {
      const known =
        error instanceof z.ZodError || error instanceof SyntaxError || error instanceof BodyTooLong;
      if (!known) console.error("the signer's desk failed:", error);
      answer(response, known ? 400 : 500, { error: known ? error.message : "failed" });
    });
  });
  // A process that was killed leaves its socket.
  await rm(socket, { force: true });
  await new Promise<void>((listening, failed) => {
    server.once("error", failed);
    server.listen(socket, listening);
  });
  await chmod(socket, 0o600);
  return server;
}

async function handle(keys: SignerKeys, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? "";
  if (request.method !== "POST" || !isDeskPath(path)) return answer(response, 404, { error: "not found" });
  const body: unknown = JSON.parse(await readBody(request, LONGEST_BODY));
  const result = await answerTo(keys, path, body);
  answer(response, result === undefined ? 404 : 200, result ?? { error: "nobody" });
}

async function answerTo(keys: SignerKeys, path: DeskPath, body: unknown): Promise<unknown> {
  switch (path) {
    case "/passkey":
      return keys.passkey(deskRequests[path].parse(body));
    case "/assertion": {
      const { municipality, person, acts } = deskRequests[path].parse(body);
      const key = await keys.find(municipality, person);
      return key && assertionOf(key, acts);
    }
    case "/recovery-key": {
      const key = await keys.recoveryKey(deskRequests[path].parse(body).part);
      return { recoveryKey: spkiOf(key).toString("base64") };
    }
    case "/recovery-signature": {
      const { part, text } = deskRequests[path].parse(body);
      const signature = sign("sha256", Buffer.from(text), await keys.recoveryKey(part));
      return { signature: toBase64url(signature) };
    }
  }
}

function isDeskPath(path: string): path is DeskPath {
  return Object.hasOwn(deskRequests, path);
}

function answer(response: ServerResponse, status: number, content: unknown): void {
  if (response.headersSent) return;
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(content));
}
