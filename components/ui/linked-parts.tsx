import { webAddresses } from "@/lib/web-addresses";

/** Plain text whose addresses can be followed; nothing else in it is more than text. */
export function LinkedParts({ text }: { text: string }) {
  return text.split(webAddresses).map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text that does not change
      <a key={index} href={part} className="text-link underline underline-offset-4">
        {part}
      </a>
    ) : (
      part
    ),
  );
}
