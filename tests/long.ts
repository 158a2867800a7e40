/** Whether tests run in their full size (`npm run test:long`) or in the one that every change can wait for. */
export const long = process.env.COCITY_TEST_LONG === "1";
