import { getDocumentProxy } from "unpdf";

type Node = { role?: string; type?: string; id?: string; children?: readonly Node[] };

/**
 * The table of a PDF by its structure, as a screen reader is told it: rows of cells, headings first. Spaces are left
 * out: where a line ended nobody can tell whether there was one.
 */
export async function tableIn(bytes: Uint8Array): Promise<string[][]> {
  const document = await getDocumentProxy(new Uint8Array(bytes));
  const said = new Map<string, string>();
  const rows: string[][] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const root = (await page.getStructTree()) as Node;
    const { items } = await page.getTextContent({ includeMarkedContent: true, disableNormalization: true });
    const open: (string | undefined)[] = [];
    for (const item of items)
      if ("str" in item) {
        const id = open.findLast((one) => one !== undefined);
        if (id) said.set(id, (said.get(id) ?? "") + item.str);
      } else if (item.type === "endMarkedContent") open.pop();
      else open.push("id" in item && item.id ? String(item.id) : undefined);
    for (const row of found(root, "TR")) {
      const cells = (row.children ?? []).map((cell) =>
        content(cell)
          .map((id) => said.get(id) ?? "")
          .join(""),
      );
      if (cells.some(Boolean)) rows.push(cells.map((cell) => cell.replace(/\s/g, "")));
    }
  }
  return rows;
}

function found(node: Node, role: string): Node[] {
  if (node.role === role) return [node];
  return (node.children ?? []).flatMap((child) => found(child, role));
}

function content(node: Node): string[] {
  if (node.type === "content" && node.id) return [node.id];
  return (node.children ?? []).flatMap(content);
}
