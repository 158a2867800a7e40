/**
 * Property tests draw what the seed says: `npm test` finds the same each time it runs, the long versions and a test run
 * by hand draw anew. fast-check prints the seed of what failed.
 */
import { configureGlobal } from "fast-check";

const seed = process.env.COCITY_TEST_SEED;
if (seed) configureGlobal({ seed: Number(seed) });

/** For what draws samples itself: the seed of the run, or another one each time. */
export function sampleSeed(): number {
  return seed ? Number(seed) : Date.now() % 2 ** 31;
}
