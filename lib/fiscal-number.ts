/** Italian fiscal numbers of people and numbers of eleven digits (D.M. 23 December 1976). Pure. */

// Seven positions hold digits, which letters replace where two people would otherwise have the same number.
const form = /^[A-Z]{6}[\dLMNPQRSTUV]{2}[A-EHLMPRST][\dLMNPQRSTUV]{2}[A-Z][\dLMNPQRSTUV]{3}[A-Z]$/;
const oddValues = "BAKPLCQDREVOSFTGUHMINJWZYX";

/** A fiscal number as it is kept and compared: capitals, no spaces. */
export function normalFiscalNumber(typed: string): string {
  return typed.replace(/\s/g, "").toUpperCase();
}

/** Whether a normal fiscal number has the right form and check letter. */
export function isFiscalNumber(value: string): boolean {
  return form.test(value) && value[15] === checkLetter(value);
}

/** Whether eleven digits end with the right check digit: of a VAT number, of a body’s code, of a provisional one. */
export function isElevenDigitCode(value: string): boolean {
  if (!/^\d{11}$/.test(value) || /^0+$/.test(value)) return false;
  const sum = [...value].reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

/** The letter that the first fifteen characters of a fiscal number ask for. */
export function checkLetter(fiscalNumber: string): string {
  const sum = [...fiscalNumber.slice(0, 15)].reduce((total, character, index) => {
    const value = /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 65;
    return total + (index % 2 === 0 ? oddValues.indexOf(String.fromCharCode(65 + value)) : value);
  }, 0);
  return String.fromCharCode(65 + (sum % 26));
}
