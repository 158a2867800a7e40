/*
 * npm run migrate: brings the database of DATABASE_URL to this version. For whoever starts the processes one by one
 * (compose.yaml, deploy/systemd); npm start does it by itself.
 */
import { env } from "@/lib/env";
import { migrate } from "@/prisma/migrate";

try {
  const applied = await migrate(env.DATABASE_URL);
  console.log(applied.length > 0 ? `applied: ${applied.join(", ")}` : "nothing to apply");
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
