/**
 * How arguments and results cross the wire: as the texts they are. The library's own serialiser reads types out of
 * schemas this chaincode has none of.
 */
export class TextSerializer {
  toBuffer(result: unknown): Buffer {
    return Buffer.from(typeof result === "string" ? result : JSON.stringify(result), "utf8");
  }

  fromBuffer(data: Uint8Array): { value: string } {
    return { value: Buffer.from(data).toString("utf8") };
  }
}
