/* npx tsx scripts/sealed-values.ts: writes the values of the sealed ballot's protocol anew. */
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { protocolValues } from "@/voting/sealed/testing/protocol-values";

const file = fileURLToPath(new URL("../voting/sealed/vectors/protocol.json", import.meta.url));
await writeFile(file, `${JSON.stringify(await protocolValues(), null, 2)}\n`);
