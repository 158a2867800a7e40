/** A statement in short sections, to be read from top to bottom. */
export function LegalText({ sections }: { sections: readonly { title: string; text: string }[] }) {
  return (
    <div className="max-w-text space-y-8">
      {sections.map(({ title, text }) => (
        <section key={title} className="space-y-2">
          <h2 className="text-xl">{title}</h2>
          <p>{text}</p>
        </section>
      ))}
    </div>
  );
}
