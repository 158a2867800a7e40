/** A refusal with a code that the voter's page has a sentence for. */
export class PartRefusal extends Error {
  override readonly name = "PartRefusal";
  constructor(
    readonly status: number,
    readonly code: string,
    readonly more: Readonly<Record<string, string | number>> = {},
  ) {
    super(code);
  }
}
