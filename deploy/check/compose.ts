import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";

const serviceSchema = z.strictObject({
  image: z.string(),
  build: z.literal(".").optional(),
  command: z.array(z.string()).min(1).optional(),
  restart: z.enum(["no", "unless-stopped"]),
  init: z.boolean().optional(),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
  tmpfs: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  env_file: z.array(z.string()).optional(),
  secrets: z.array(z.string()).optional(),
  ports: z.array(z.string()).optional(),
  volumes: z.array(z.string()).optional(),
  healthcheck: z
    .strictObject({
      test: z.array(z.string()).min(2),
      interval: z.string(),
      timeout: z.string().optional(),
      retries: z.int().optional(),
      start_period: z.string().optional(),
    })
    .optional(),
  depends_on: z
    .record(
      z.string(),
      z.strictObject({ condition: z.enum(["service_healthy", "service_completed_successfully"]) }),
    )
    .optional(),
});

/** The parts of the Compose Specification that this repository's file uses. */
const composeSchema = z.strictObject({
  name: z.string(),
  "x-application": z.unknown(),
  services: z.record(z.string(), serviceSchema),
  volumes: z.record(z.string(), z.null()),
  secrets: z.record(z.string(), z.strictObject({ file: z.string() })),
});

export type ComposeService = z.infer<typeof serviceSchema>;
export type Compose = z.infer<typeof composeSchema>;

/** @throws where a member is not one that `npm run check:image` knows the meaning of */
export async function readCompose(file = "compose.yaml"): Promise<Compose> {
  return composeSchema.parse(parse(await readFile(file, "utf8"), { merge: true }));
}

/** A file of `NAME=value` lines, as Compose and systemd read them. */
export function readEnvironment(text: string): Record<string, string> {
  const lines = text.split("\n").filter((line) => line && !line.startsWith("#"));
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf("=");
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
}
