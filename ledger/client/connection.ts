import { readFile } from "node:fs/promises";
import { dirname, isAbsolute, resolve } from "node:path";
import { z } from "zod";

/**
 * How to reach a ledger, embedded or Fabric. Whoever starts the ledger writes it as `connection.json` into
 * its data folder; the application, the verifier and the tests read it. No secret is in it: the registrar's
 * credential stays in its own file of mode 0600, named here by a path relative to `connection.json`.
 */
export const connectionSchema = z.object({
  kind: z.enum(["embedded", "fabric"]),
  channel: z.string().min(1),
  chaincode: z.string().min(1),
  organisations: z
    .array(
      z.object({
        name: z.string().min(1),
        mspId: z.string().min(1),
        peers: z
          .array(
            z.object({
              name: z.string().min(1),
              /** `host:port` of the gateway service. */
              endpoint: z.string().regex(/^[^\s/]+:\d+$/),
              /** Root certificate of the peer's TLS. Absent where the ledger speaks plain gRPC on loopback. */
              tlsCaPem: z.string().includes("BEGIN CERTIFICATE").optional(),
              /** The name in the peer's TLS certificate. */
              hostname: z.string().min(1),
            }),
          )
          .min(1),
        ca: z.object({
          url: z.url(),
          name: z.string().min(1),
          tlsCaPem: z.string().includes("BEGIN CERTIFICATE").optional(),
        }),
        /** JSON file with the registrar's `{ enrolmentId, secret }`; readable by its organisation alone. */
        registrarFile: z.string().min(1),
      }),
    )
    .min(1),
});

export type Connection = z.infer<typeof connectionSchema>;
export type ConnectionOrganisation = Connection["organisations"][number];
export type ConnectionPeer = ConnectionOrganisation["peers"][number];

export const registrarSchema = z.object({ enrolmentId: z.string().min(1), secret: z.string().min(1) });
export type Registrar = z.infer<typeof registrarSchema>;

/** A `connection.json` that is missing, is not JSON, or has another shape. */
export class ConnectionFileError extends Error {
  override readonly name = "ConnectionFileError";
}

/**
 * Reads and checks a connection description. Relative `registrarFile` paths come back absolute.
 * @throws ConnectionFileError naming the file and the first thing that is wrong with it.
 */
export async function readConnection(file: string): Promise<Connection> {
  const connection = await readJson(file, connectionSchema);
  for (const organisation of connection.organisations) {
    if (!isAbsolute(organisation.registrarFile))
      organisation.registrarFile = resolve(dirname(file), organisation.registrarFile);
  }
  return connection;
}

/**
 * Reads the registrar's credential of one organisation, which only that organisation's server may hold.
 * @throws ConnectionFileError as `readConnection`.
 */
export async function readRegistrar(organisation: ConnectionOrganisation): Promise<Registrar> {
  return readJson(organisation.registrarFile, registrarSchema);
}

async function readJson<S extends z.ZodType>(file: string, schema: S): Promise<z.output<S>> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    throw new ConnectionFileError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ConnectionFileError(
    `${file}: ${issue?.path.join(".") || "the file"}: ${issue?.message ?? "invalid"}`,
  );
}
