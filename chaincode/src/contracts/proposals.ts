import { type Context, Info } from "fabric-contract-api";
import { CocityContract, Submit } from "./cocity-contract";

@Info({ title: "proposals", version: "1" })
export class ProposalsContract extends CocityContract {
  constructor() {
    super("proposals");
  }

  @Submit()
  submit(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "proposals:submit", input);
  }

  @Submit()
  publish(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "proposals:publish", input);
  }

  @Submit()
  withdraw(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "proposals:withdraw", input);
  }

  @Submit()
  merge(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "proposals:merge", input);
  }

  @Submit()
  separate(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "proposals:separate", input);
  }

  @Submit()
  adhere(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "proposals:adhere", input);
  }

  @Submit()
  withdrawAdhesion(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "proposals:withdrawAdhesion", input);
  }

  @Submit()
  startAssessment(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "proposals:startAssessment", input);
  }

  @Submit()
  requestIntegration(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "proposals:requestIntegration", input);
  }

  @Submit()
  integrate(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "proposals:integrate", input);
  }

  @Submit()
  declareConflict(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "proposals:declareConflict", input);
  }

  @Submit()
  score(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "proposals:score", input);
  }

  @Submit()
  admit(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "proposals:admit", input);
  }

  @Submit()
  reject(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "proposals:reject", input);
  }

  @Submit()
  fund(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "proposals:fund", input);
  }

  @Submit()
  reserve(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "proposals:reserve", input);
  }

  @Submit()
  startCoDesign(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "proposals:startCoDesign", input);
  }

  @Submit()
  readyForPact(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "proposals:readyForPact", input);
  }

  @Submit()
  abandon(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "proposals:abandon", input);
  }

  @Submit()
  allowBeyond(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "proposals:allowBeyond", input);
  }
}
