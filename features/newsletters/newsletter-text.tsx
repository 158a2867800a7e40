import { linked } from "./newsletter-words";

/** Plain text in paragraphs, whose addresses can be followed; nothing else in it is more than text. */
export function NewsletterText({ text }: { text: string }) {
  return (
    <div className="wrap-anywhere max-w-text space-y-4">
      {text.split(/\n{2,}/).map((paragraph, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs of one text that does not change
        <p key={index} className="whitespace-pre-line">
          {paragraph.split(linked).map((part, at) =>
            at % 2 === 1 ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <a key={at} href={part} className="text-link underline underline-offset-4">
                {part}
              </a>
            ) : (
              part
            ),
          )}
        </p>
      ))}
    </div>
  );
}
