/** Plain text whose addresses can be followed; nothing else in it is more than text. */
export function LinkedText({ text }: { text: string }) {
  return (
    <div className="wrap-anywhere whitespace-pre-wrap rounded-smooth border border-line bg-sunken p-4 text-base">
      {text.split(/(https?:\/\/\S+)/).map((part, index) =>
        index % 2 === 1 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text that does not change
          <a key={index} href={part} className="text-link underline underline-offset-4">
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </div>
  );
}
