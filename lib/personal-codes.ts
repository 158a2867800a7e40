/** Codes by which a person, or whose account it is, is known: they stay out of whatever is published. */

/** A person's tax code; letters stand for digits where two people would have the same one. */
const fiscalNumber = /\b[A-Z]{6}[\dLMNP-V]{2}[A-EHLMPRST][\dLMNP-V]{2}[A-Z][\dLMNP-V]{3}[A-Z]\b/gi;
/** An Italian IBAN, in one piece or in groups. */
const italianIban = /\bIT\s?\d{2}\s?[A-Z](?:\s?\d){10}(?:\s?[A-Z\d]){12}\b/gi;
const anyIban = /\b[A-Z]{2}\d{2}[A-Z\d]{11,30}\b/gi;

/** Text without such codes. */
export function withoutPersonalCodes(text: string): string {
  return text
    .replace(italianIban, "[…]")
    .replace(fiscalNumber, "[…]")
    .replace(anyIban, (code) => (hasIbanCheck(code) ? "[…]" : code));
}

export function holdsPersonalCode(text: string): boolean {
  return withoutPersonalCodes(text) !== text;
}

/** ISO 13616: with its first four characters at the end and letters as numbers it leaves 1 when divided by 97. */
function hasIbanCheck(code: string): boolean {
  const digits = [...(code.slice(4) + code.slice(0, 4)).toUpperCase()]
    .map((sign) => Number.parseInt(sign, 36))
    .join("");
  return BigInt(digits) % 97n === 1n;
}
