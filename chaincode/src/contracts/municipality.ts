import { type Context, Info } from "fabric-contract-api";
import { CocityContract, Submit } from "./cocity-contract";

@Info({ title: "municipality", version: "1" })
export class MunicipalityContract extends CocityContract {
  constructor() {
    super("municipality");
  }

  @Submit()
  proposeSettings(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "municipality:proposeSettings", input);
  }

  @Submit()
  confirmSettings(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "municipality:confirmSettings", input);
  }

  @Submit()
  advanceDay(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "municipality:advanceDay", input);
  }

  @Submit()
  registerSigningKey(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "municipality:registerSigningKey", input);
  }

  @Submit()
  withdrawSigningKey(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "municipality:withdrawSigningKey", input);
  }

  @Submit()
  found(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "municipality:found", input);
  }

  @Submit()
  introduceRegister(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "municipality:introduceRegister", input);
  }

  @Submit()
  proposeOrigin(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "municipality:proposeOrigin", input);
  }

  @Submit()
  confirmOrigin(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "municipality:confirmOrigin", input);
  }

  @Submit()
  retireOrigin(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "municipality:retireOrigin", input);
  }
}
