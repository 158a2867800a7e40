/** In the place of `this.ts` where a browser checks. */
export { webMachine as machine } from "./web";
