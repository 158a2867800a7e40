/** Numbers of eleven digits: VAT numbers, fiscal codes of bodies and provisional ones of people. Pure. */

/** Whether eleven digits end with the right check digit (D.M. 23 December 1976, the same for all three kinds). */
export function isElevenDigitCode(value: string): boolean {
  if (!/^\d{11}$/.test(value) || /^0+$/.test(value)) return false;
  const sum = [...value].reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
