/** Node's Buffer, which the evidence is read with, for browsers. */
export { Buffer } from "buffer/";
