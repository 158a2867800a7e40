import { type Context, Info } from "fabric-contract-api";
import { CocityContract, Submit } from "./cocity-contract";

@Info({ title: "payments", version: "1" })
export class PaymentsContract extends CocityContract {
  constructor() {
    super("payments");
  }

  @Submit()
  request(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "payments:request", input);
  }

  @Submit()
  check(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "payments:check", input);
  }

  @Submit()
  reduce(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "payments:reduce", input);
  }

  @Submit()
  liquidate(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "payments:liquidate", input);
  }

  @Submit()
  order(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "payments:order", input);
  }

  @Submit()
  recordPaid(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "payments:recordPaid", input);
  }

  @Submit()
  recordReturned(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "payments:recordReturned", input);
  }

  @Submit()
  recover(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "payments:recover", input);
  }

  @Submit()
  refuse(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "payments:refuse", input);
  }
}
