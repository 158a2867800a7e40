import { type Context, Info } from "fabric-contract-api";
import { CocityContract, Submit } from "./cocity-contract";

@Info({ title: "subjects", version: "1" })
export class SubjectsContract extends CocityContract {
  constructor() {
    super("subjects");
  }

  @Submit()
  register(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "subjects:register", input);
  }

  @Submit()
  registerPayee(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "subjects:registerPayee", input);
  }

  @Submit()
  recogniseEligibility(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "subjects:recogniseEligibility", input);
  }

  @Submit()
  replaceRepresentative(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "subjects:replaceRepresentative", input);
  }

  @Submit()
  declareInterest(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "subjects:declareInterest", input);
  }
}
