import { type Context, Info } from "fabric-contract-api";
import { CocityContract, Submit } from "./cocity-contract";

@Info({ title: "rounds", version: "1" })
export class RoundsContract extends CocityContract {
  constructor() {
    super("rounds");
  }

  @Submit()
  freeze(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "rounds:freeze", input);
  }

  @Submit()
  place(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "rounds:place", input);
  }

  @Submit()
  draw(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "rounds:draw", input);
  }

  @Submit()
  open(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "rounds:open", input);
  }

  @Submit()
  admit(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "rounds:admit", input);
  }

  @Submit()
  cast(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "rounds:cast", input);
  }

  @Submit()
  close(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "rounds:close", input);
  }

  @Submit()
  count(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "rounds:count", input);
  }

  @Submit()
  attest(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "rounds:attest", input);
  }

  @Submit()
  object(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "rounds:object", input);
  }

  @Submit()
  decideObjection(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "rounds:decideObjection", input);
  }

  @Submit()
  finalise(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "rounds:finalise", input);
  }

  @Submit()
  annul(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "rounds:annul", input);
  }

  @Submit()
  release(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "rounds:release", input);
  }
}
