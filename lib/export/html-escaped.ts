const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as HTML takes it between tags and within quotes. */
export function htmlEscaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
