/** A text for a comparison by LIKE, in which `%`, `_` and `\\` stand for themselves: Prisma escapes none of them. */
export function literally(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
