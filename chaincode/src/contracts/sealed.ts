import { type Context, Info } from "fabric-contract-api";
import { CocityContract, Submit } from "./cocity-contract";

@Info({ title: "sealed", version: "1" })
export class SealedContract extends CocityContract {
  constructor() {
    super("sealed");
  }

  @Submit()
  announce(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "sealed:announce", input);
  }

  @Submit()
  offerKeys(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "sealed:offerKeys", input);
  }

  @Submit()
  offerServiceKey(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "sealed:offerServiceKey", input);
  }

  @Submit()
  offerTrusteeKey(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "sealed:offerTrusteeKey", input);
  }

  @Submit()
  revealTie(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "sealed:revealTie", input);
  }

  @Submit()
  reportIssued(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "sealed:reportIssued", input);
  }

  @Submit()
  cast(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "sealed:cast", input);
  }

  @Submit()
  endReception(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "sealed:endReception", input);
  }

  @Submit()
  prolong(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "sealed:prolong", input);
  }

  @Submit()
  list(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "sealed:list", input);
  }

  @Submit()
  purge(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "sealed:purge", input);
  }

  @Submit()
  publish(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "sealed:publish", input);
  }

  @Submit()
  completePublication(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "sealed:completePublication", input);
  }

  @Submit()
  release(ctx: Context, input: string): Promise<string> {
    return this.carryOut(ctx, "sealed:release", input);
  }
}
