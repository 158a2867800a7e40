import {
  type IncomingMessage,
  type RequestOptions,
  request as requestUpstream,
  type ServerResponse,
} from "node:http";
import { fail } from "./refusal";

/**
 * Hands a request on to another server and its answer back. All of the request goes in one piece: a server that
 * has answered closes the connection, and whatever is still written to it then, be it nothing, is an error.
 * @param upstream how that server is reached
 */
export async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  upstream: Pick<RequestOptions, "socketPath" | "createConnection">,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const headers = { ...request.headers, connection: "close" };
  const forwarded = requestUpstream(
    { ...upstream, method: request.method, path: request.url, headers },
    (answered) => {
      response.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(response);
    },
  );
  // Whoever asked may have gone: then there is nobody to answer.
  forwarded.on("error", (error) => response.destroyed || fail(request, response, 502, error));
  response.on("close", () => forwarded.destroy());
  forwarded.end(Buffer.concat(chunks));
}
