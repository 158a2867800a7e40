import { sankey, sankeyJustify, sankeyLinkHorizontal } from "d3-sankey";

export type SankeyNode = {
  id: string;
  label: string /** Column of meaning, for the colour and the pattern. */;
  group: string;
};
export type SankeyLink = { source: string; target: string; value: number; label: string };

const WIDTH = 1040;
const ROW = 34;

/**
 * A Sankey diagram as SVG made on the server. It has no script and needs none; the table beside it says the same
 * in numbers, so the picture itself is one image to a screen reader, described by `title` and `description`.
 */
export function Sankey({
  nodes,
  links,
  title,
  description,
}: {
  nodes: readonly SankeyNode[];
  links: readonly SankeyLink[];
  title: string;
  description: string;
}) {
  const columns = new Map<string, number>();
  for (const { group } of nodes) columns.set(group, (columns.get(group) ?? 0) + 1);
  const height = Math.max(240, ROW * Math.max(1, ...columns.values()));
  const layout = sankey<SankeyNode, SankeyLink>()
    .nodeId(({ id }) => id)
    .nodeAlign(sankeyJustify)
    .nodeWidth(14)
    .nodePadding(18)
    .extent([
      [1, 12],
      [WIDTH - 1, height - 12],
    ]);
  const graph = layout({
    nodes: nodes.map((node) => ({ ...node })),
    links: links.map((link) => ({ ...link })),
  });
  const path = sankeyLinkHorizontal<SankeyNode, SankeyLink>();
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="img"
      aria-labelledby="sankey-title sankey-description"
      className="h-auto w-full"
    >
      <title id="sankey-title">{title}</title>
      <desc id="sankey-description">{description}</desc>
      <g fill="none" className="text-primary">
        {graph.links.map((link) => (
          <path
            key={`${nodeId(link.source)} ${nodeId(link.target)}`}
            d={path(link) ?? ""}
            stroke="currentColor"
            strokeOpacity="0.28"
            strokeWidth={Math.max(1, link.width ?? 0)}
          >
            <title>{link.label}</title>
          </path>
        ))}
      </g>
      <g className="text-ink">
        {graph.nodes.map(({ id, label, x0 = 0, x1 = 0, y0 = 0, y1 = 0 }) => {
          // Only the last column has no room at its right.
          const atRight = x1 > WIDTH - 20;
          return (
            <g key={id}>
              <rect
                x={x0}
                y={y0}
                width={x1 - x0}
                height={Math.max(2, y1 - y0)}
                className="fill-primary-strong"
              />
              <text
                x={atRight ? x0 - 6 : x1 + 6}
                y={(y0 + y1) / 2}
                dy="0.35em"
                textAnchor={atRight ? "end" : "start"}
                fontSize="13"
                fill="currentColor"
                strokeWidth="4"
                paintOrder="stroke"
                strokeLinejoin="round"
                className="stroke-page"
              >
                {shorten(label)}
              </text>
            </g>
          );
        })}
      </g>
    </svg>
  );
}

function nodeId(end: SankeyNode | string | number): string {
  return typeof end === "object" ? end.id : String(end);
}

function shorten(label: string): string {
  return label.length > 30 ? `${label.slice(0, 29)}…` : label;
}
