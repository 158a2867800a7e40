/** The machine that the checks run on; `scripts/browser-verifier.ts` puts a browser's in its place. */
export { nodeMachine as machine } from "./node";
