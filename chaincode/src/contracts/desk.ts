import { type Context, Info } from "fabric-contract-api";
import { CocityContract, Submit } from "./cocity-contract";

@Info({ title: "desk", version: "1" })
export class DeskContract extends CocityContract {
  constructor() {
    super("desk");
  }

  @Submit()
  openStation(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "desk:openStation", input);
  }

  @Submit()
  vouch(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "desk:vouch", input);
  }

  @Submit()
  confirmVoucher(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "desk:confirmVoucher", input);
  }

  @Submit()
  tellBalance(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "desk:tellBalance", input);
  }

  @Submit()
  closeStation(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "desk:closeStation", input);
  }

  @Submit()
  enterSheets(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "desk:enterSheets", input);
  }

  @Submit()
  confirmSheets(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "desk:confirmSheets", input);
  }
}
