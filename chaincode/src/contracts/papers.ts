import { type Context, Info } from "fabric-contract-api";
import { CocityContract, Submit } from "./cocity-contract";

@Info({ title: "papers", version: "1" })
export class PapersContract extends CocityContract {
  constructor() {
    super("papers");
  }

  @Submit()
  record(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "papers:record", input);
  }

  @Submit()
  confirm(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "papers:confirm", input);
  }

  @Submit()
  withdraw(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "papers:withdraw", input);
  }
}
