/** Something the person who started the program can put right: shown as its sentence alone, without a stack. */
export class StartFailure extends Error {
  override readonly name = "StartFailure";
}
