import { LinkedParts } from "@/components/ui/linked-parts";

/** A newsletter's text in its paragraphs. */
export function NewsletterText({ text }: { text: string }) {
  return (
    <div className="wrap-anywhere max-w-text space-y-4">
      {text.split(/\n{2,}/).map((paragraph, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs of one text that does not change
        <p key={index} className="whitespace-pre-line">
          <LinkedParts text={paragraph} />
        </p>
      ))}
    </div>
  );
}
