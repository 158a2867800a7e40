import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import { z } from "zod";
import { type Prisma, PrismaClient } from "../generated/prisma/client";
import { env } from "./env";
import { keptRead, writing } from "./kept-reads";

/** What a service takes and passes on: the plain client, or the transaction it is part of. */
export type Database = PrismaClient | Prisma.TransactionClient;

const held = globalThis as { cocityDatabase?: PrismaClient };

/**
 * The one client of a process, connected when it is first used. Inside `$transaction` use the transaction's
 * client only: on PGlite the plain one waits for the session that the transaction itself holds.
 */
export const db = new Proxy({} as PrismaClient, {
  get(_, name) {
    held.cocityDatabase ??= keeping(createDatabase(env.DATABASE_URL, env.DATABASE_KIND));
    const value: unknown = Reflect.get(held.cocityDatabase, name, held.cocityDatabase);
    return typeof value === "function" ? value.bind(held.cocityDatabase) : value;
  },
});

/** A client of its own, for programs that speak to another database than the environment's. */
export function createDatabase(url: string, kind: "pglite" | "postgresql"): PrismaClient {
  const adapter = new PrismaPg({
    connectionString: url,
    // Connections to PGlite take turns on its single session: more of them add waiting, not work.
    max: kind === "pglite" ? 4 : 10,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
  });
  return new PrismaClient({ adapter, transactionOptions: { maxWait: 10_000, timeout: 15_000 } });
}

const reads: ReadonlySet<string> = new Set([
  ...["findMany", "findFirst", "findFirstOrThrow", "findUnique", "findUniqueOrThrow"],
  ...["count", "aggregate", "groupBy"],
]);

/** Ends and counts of sessions are asked for each time: whether somebody is signed in is nobody's to remember. */
const neverKept: ReadonlySet<string> = new Set(["Session", "RateCount"]);

/** A client whose reads outside of transactions are kept, see {@link keptRead}. */
function keeping(client: PrismaClient): PrismaClient {
  return client.$extends({
    query: {
      $allModels: {
        async $allOperations({ model, operation, args, query, ...more }) {
          // Prisma says it to middleware alone; a transaction sees what it wrote itself.
          const { __internalParams: internal } = more as { __internalParams?: { transaction?: unknown } };
          if (!reads.has(operation)) writing();
          if (!reads.has(operation) || neverKept.has(model) || internal?.transaction !== undefined)
            return query(args);
          return keptRead(`${model}.${operation} ${JSON.stringify(args, asText)}`, () => query(args));
        },
      },
      async $executeRaw({ args, query }) {
        writing();
        return query(args);
      },
      async $queryRaw({ args, query, ...more }) {
        const { __internalParams: internal } = more as { __internalParams?: { transaction?: unknown } };
        const text = args.sql;
        if (!/^\s*select\b/i.test(text) || /\b(?:for update|pg_advisory)/i.test(text)) {
          writing();
          return query(args);
        }
        if (internal?.transaction !== undefined) return query(args);
        return keptRead(`${text} ${JSON.stringify(args.values, asText)}`, () => query(args));
      },
    },
  }) as unknown as PrismaClient;
}

function asText(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? `${value}n` : value;
}

/** The name of the unique index that a write ran into, as the migrations name it; undefined for other errors. */
export function brokenUniqueIndex(error: unknown): string | undefined {
  const parsed = uniqueViolation.safeParse(error);
  return parsed.success ? parsed.data.meta.driverAdapterError.cause.constraint.index : undefined;
}

const uniqueViolation = z.object({
  code: z.literal("P2002"),
  meta: z.object({
    driverAdapterError: z.object({ cause: z.object({ constraint: z.object({ index: z.string() }) }) }),
  }),
});
