import { type Context, Info } from "fabric-contract-api";
import { CocityContract, Submit } from "./cocity-contract";

@Info({ title: "calls", version: "1" })
export class CallsContract extends CocityContract {
  constructor() {
    super("calls");
  }

  @Submit()
  publish(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "calls:publish", input);
  }

  @Submit()
  extend(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "calls:extend", input);
  }
}
