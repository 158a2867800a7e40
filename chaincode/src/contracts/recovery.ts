import { type Context, Info } from "fabric-contract-api";
import { CocityContract, Submit } from "./cocity-contract";

@Info({ title: "recovery", version: "1" })
export class RecoveryContract extends CocityContract {
  constructor() {
    super("recovery");
  }

  @Submit()
  propose(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "recovery:propose", input);
  }

  @Submit()
  stop(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "recovery:stop", input);
  }

  @Submit()
  complete(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "recovery:complete", input);
  }
}
