/** Whether CIG and CUP are as their registers make them: a doubt to look at, never a refusal. Pure. */

/** Check digits by ANAC's algorithms, of before and after 2024, and for the simplified codes that were called SmartCIG. */
export function isLikelyCig(code: string): boolean {
  const text = code.trim().toUpperCase();
  const number = /^(\d{7})([0-9A-F]{3})$/.exec(text);
  if (number) return Number(number[1]) > 0 && hexOf(Number(number[1]) * 211, 4091, 3) === number[2];
  const newer = /^([A-U])([0-9A-F]{6})([0-9A-F]{3})$/.exec(text);
  if (newer) {
    const [, letter = "", digits = "", check] = newer;
    return hexOf((Number.parseInt(digits, 16) + letter.charCodeAt(0) - 64) * 211, 4091, 3) === check;
  }
  const simplified = /^[X-Z]([0-9A-F]{2})([0-9A-F]{7})$/.exec(text);
  return (
    simplified !== null && hexOf(Number.parseInt(simplified[2] ?? "", 16) * 211, 251, 2) === simplified[1]
  );
}

/** Of a CUP only the form is public. */
export function isLikelyCup(code: string): boolean {
  return /^[A-Z]\d{2}[A-Z]\d{11}$/.test(code.trim().toUpperCase());
}

function hexOf(number: number, modulus: number, length: number): string {
  return (number % modulus).toString(16).toUpperCase().padStart(length, "0");
}
