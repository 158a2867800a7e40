import { type Context, Info } from "fabric-contract-api";
import { CocityContract, Submit } from "./cocity-contract";

@Info({ title: "passkeys", version: "1" })
export class PasskeysContract extends CocityContract {
  constructor() {
    super("passkeys");
  }

  @Submit()
  propose(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "passkeys:propose", input);
  }

  @Submit()
  confirm(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "passkeys:confirm", input);
  }

  @Submit()
  withdraw(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "passkeys:withdraw", input);
  }
}
