import { type Context, Info } from "fabric-contract-api";
import { CocityContract, Submit } from "./cocity-contract";

@Info({ title: "funds", version: "1" })
export class FundsContract extends CocityContract {
  constructor() {
    super("funds");
  }

  @Submit()
  openLine(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "funds:openLine", input);
  }

  @Submit()
  changeBudget(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "funds:changeBudget", input);
  }

  @Submit()
  commit(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "funds:commit", input);
  }

  @Submit()
  publishGrant(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "funds:publishGrant", input);
  }

  @Submit()
  planMilestones(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "funds:planMilestones", input);
  }

  @Submit()
  release(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "funds:release", input);
  }

  @Submit()
  carryOver(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "funds:carryOver", input);
  }

  @Submit()
  allowSettlement(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "funds:allowSettlement", input);
  }
}
