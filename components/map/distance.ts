import { formatNumber } from "@/lib/format";
import type { Locale } from "@/lib/language/routing";

/** No nearer than what a telephone knows: to fifty metres, from a kilometre on to a tenth of one. */
export function distanceText(metres: number, locale: Locale): string {
  if (metres < 975) return `${formatNumber(Math.max(50, Math.round(metres / 50) * 50), locale)} m`;
  return `${formatNumber(Math.round(metres / 100) / 10, locale)} km`;
}
