import { type Context, Info } from "fabric-contract-api";
import { CocityContract, Submit } from "./cocity-contract";

@Info({ title: "pacts", version: "1" })
export class PactsContract extends CocityContract {
  constructor() {
    super("pacts");
  }

  @Submit()
  draft(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "pacts:draft", input);
  }

  @Submit()
  revise(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "pacts:revise", input);
  }

  @Submit()
  approveDistrict(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "pacts:approveDistrict", input);
  }

  @Submit()
  noteGiunta(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "pacts:noteGiunta", input);
  }

  @Submit()
  approveGiunta(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "pacts:approveGiunta", input);
  }

  @Submit()
  sign(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "pacts:sign", input);
  }

  @Submit()
  recordInsurance(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "pacts:recordInsurance", input);
  }

  @Submit()
  recordSafetyBriefing(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "pacts:recordSafetyBriefing", input);
  }

  @Submit()
  activate(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "pacts:activate", input);
  }

  @Submit()
  suspend(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "pacts:suspend", input);
  }

  @Submit()
  resume(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "pacts:resume", input);
  }

  @Submit()
  terminate(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "pacts:terminate", input);
  }

  @Submit()
  expire(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "pacts:expire", input);
  }

  @Submit()
  withdraw(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "pacts:withdraw", input);
  }
}
