import { type Context, Info } from "fabric-contract-api";
import { CocityContract, Submit } from "./cocity-contract";

@Info({ title: "documents", version: "1" })
export class DocumentsContract extends CocityContract {
  constructor() {
    super("documents");
  }

  @Submit()
  record(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "documents:record", input);
  }
}
