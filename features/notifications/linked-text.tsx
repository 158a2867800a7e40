import { LinkedParts } from "@/components/ui/linked-parts";

/** A text as it was written, in a frame. */
export function LinkedText({ text }: { text: string }) {
  return (
    <div className="wrap-anywhere whitespace-pre-wrap rounded-smooth border border-line bg-sunken p-4 text-base">
      <LinkedParts text={text} />
    </div>
  );
}
