/*
 * The page on which an organisation lets people check their sealed ballots after the closing, from an origin of its own:
 *
 *   npm run check-page -- --site https://co-city.example --listen 127.0.0.1:8080 [--program FILE …]
 *
 * A round's page is at /MUNICIPALITY/ROUND. Needs no database, no ledger and no key. --program names programs of voters'
 * devices of earlier versions, which rounds announced then are checked with. Prints one line of JSON when it is ready.
 */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { z } from "zod";
import { checkPageScript, deviceProgram } from "@/lib/programs";
import { closeServer, listen } from "../sealed/listen";
import { createCheckPage } from "./server";

const { values } = parseArgs({
  options: {
    site: { type: "string" },
    listen: { type: "string" },
    program: { type: "string", multiple: true, default: [] },
  },
});
const parsed = z
  .object({
    site: z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin),
    listen: z.string().regex(/^(127\.0\.0\.1|localhost|\[::1\]):\d{1,5}$/),
  })
  .safeParse(values);
if (!parsed.success) {
  console.error("usage: npm run check-page -- --site ORIGIN --listen 127.0.0.1:PORT [--program FILE …]");
  process.exit(2);
}
const files = [deviceProgram, ...values.program];
const [script, ...programs] = await Promise.all([checkPageScript, ...files].map((file) => readFile(file)));
const server = createCheckPage({ site: parsed.data.site, script: script as Buffer, programs });
await listen(server, parsed.data.listen);
process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
for (const signal of ["SIGTERM", "SIGINT"] as const)
  process.on(signal, () => {
    closeServer(server).finally(() => process.exit(0));
  });
