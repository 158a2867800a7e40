import { type Context, Info } from "fabric-contract-api";
import { CocityContract, Submit } from "./cocity-contract";

@Info({ title: "milestones", version: "1" })
export class MilestonesContract extends CocityContract {
  constructor() {
    super("milestones");
  }

  @Submit()
  submitEvidence(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "milestones:submitEvidence", input);
  }

  @Submit()
  verify(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "milestones:verify", input);
  }

  @Submit()
  returnEvidence(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "milestones:returnEvidence", input);
  }

  @Submit()
  accept(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "milestones:accept", input);
  }

  @Submit()
  reject(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "milestones:reject", input);
  }

  @Submit()
  cancel(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "milestones:cancel", input);
  }

  @Submit()
  countersign(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "milestones:countersign", input);
  }

  @Submit()
  object(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "milestones:object", input);
  }

  @Submit()
  decideObjection(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "milestones:decideObjection", input);
  }
}
