import { Pool, type PoolConfig } from "pg";
import { log } from "./log";

/**
 * Connections to the database. One that the database ends is logged, whether or not somebody holds it: whoever does is told
 * by their next query, and a later one opens another connection.
 */
export function openPool(config: PoolConfig): Pool {
  const pool = new Pool(config);
  const noted = (error: Error) => log.warn({ err: error }, "a database connection broke");
  pool.on("error", noted);
  // The pool itself listens to those connections alone that nobody holds.
  pool.on("connect", (client) => client.on("error", noted));
  return pool;
}
