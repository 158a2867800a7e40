import { type Context, Info } from "fabric-contract-api";
import { CocityContract, Submit } from "./cocity-contract";

@Info({ title: "commons", version: "1" })
export class CommonsContract extends CocityContract {
  constructor() {
    super("commons");
  }

  @Submit()
  register(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "commons:register", input);
  }
}
