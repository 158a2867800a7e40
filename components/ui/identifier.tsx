/** A transaction, hash or code: fixed width, broken anywhere rather than running out of the page. */
export function Identifier({ value }: { value: string }) {
  return <code className="break-all font-mono text-sm">{value}</code>;
}
