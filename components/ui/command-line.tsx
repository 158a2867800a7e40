/** What is typed into a terminal, in lines that break instead of being scrolled. */
export function CommandLine({ children }: { children: string }) {
  return (
    <pre className="wrap-anywhere max-w-form whitespace-pre-wrap rounded-smooth bg-sunken p-4 font-mono text-sm">
      <code>{children}</code>
    </pre>
  );
}
