import { type Context, Info } from "fabric-contract-api";
import { CocityContract, Submit } from "./cocity-contract";

@Info({ title: "offices", version: "1" })
export class OfficesContract extends CocityContract {
  constructor() {
    super("offices");
  }

  @Submit()
  propose(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "offices:propose", input);
  }

  @Submit()
  confirm(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "offices:confirm", input);
  }

  @Submit()
  withdraw(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "offices:withdraw", input);
  }

  @Submit()
  suspend(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "offices:suspend", input);
  }

  @Submit()
  confirmWithdrawal(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "offices:confirmWithdrawal", input);
  }
}
