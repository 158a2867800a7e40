import { type Context, Info } from "fabric-contract-api";
import { CocityContract, Submit } from "./cocity-contract";

@Info({ title: "reports", version: "1" })
export class ReportsContract extends CocityContract {
  constructor() {
    super("reports");
  }

  @Submit()
  submit(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "reports:submit", input);
  }
}
