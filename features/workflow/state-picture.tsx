import { FONT_SIZE, LINE_HEIGHT, type StateGraph, type StateNode, type StepEdge } from "./state-graph";

/** The states of a record as a drawing in the colours around it; its text stands in the table of steps beside it. */
export function StatePicture({
  id,
  graph,
  title,
  description,
  style,
}: {
  id: string;
  graph: StateGraph;
  title: string;
  description: string;
  /** Styles of its own, where the drawing stands alone in a file. */
  style?: string;
}) {
  const { width, height, nodes, edges } = graph;
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-labelledby={`${id}-title ${id}-description`}
      fontSize={FONT_SIZE}
      fontFamily="inherit"
      stroke="currentColor"
      fill="none"
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-description`}>{description}</desc>
      {style && <style>{style}</style>}
      <defs>
        <marker
          id={`${id}-arrow`}
          viewBox="0 0 10 10"
          refX="9"
          refY="5"
          markerWidth="8"
          markerHeight="8"
          orient="auto"
        >
          <path d="M0 0 10 5 0 10z" fill="currentColor" stroke="none" />
        </marker>
      </defs>
      {edges.map((edge) => (
        <path
          key={`${edge.from} ${edge.to}`}
          d={pathOf(edge)}
          strokeWidth="1.5"
          markerEnd={`url(#${id}-arrow)`}
        />
      ))}
      {edges.map((edge) => (
        <Label key={`${edge.from} ${edge.to}`} edge={edge} />
      ))}
      {nodes.map((node) => (
        <Node key={node.state} node={node} />
      ))}
    </svg>
  );
}

function Node({ node }: { node: StateNode }) {
  const { x, y, width, height, lines, isEnd } = node;
  if (lines.length === 0) return <circle cx={x} cy={y} r={width / 2} fill="currentColor" stroke="none" />;
  const first = y - ((lines.length - 1) * LINE_HEIGHT) / 2 + FONT_SIZE / 3;
  return (
    <>
      <rect
        x={round(x - width / 2)}
        y={round(y - height / 2)}
        width={round(width)}
        height={round(height)}
        rx="4"
        fill="var(--page, white)"
        strokeWidth={isEnd ? 3 : 1.5}
      />
      <text x={round(x)} textAnchor="middle" fill="currentColor" stroke="none">
        {lines.map((line, index) => (
          <tspan key={line} x={round(x)} y={round(first + index * LINE_HEIGHT)}>
            {line}
          </tspan>
        ))}
      </text>
    </>
  );
}

/** The numbers of steps, on a ground of their own so that no line runs through them. */
function Label({ edge: { label, numbers } }: { edge: StepEdge }) {
  return (
    <>
      <rect
        x={round(label.x - label.width / 2)}
        y={round(label.y - label.height / 2)}
        width={round(label.width)}
        height={label.height}
        rx={label.height / 2}
        fill="var(--page, white)"
        stroke="none"
      />
      <text
        x={round(label.x)}
        y={round(label.y + FONT_SIZE / 3)}
        textAnchor="middle"
        fill="currentColor"
        stroke="none"
        fontWeight="600"
      >
        {numbers.join(", ")}
      </text>
    </>
  );
}

/** Through the points of the layout, with corners rounded off: each but the ends is passed by on a curve. */
function pathOf({ points }: StepEdge): string {
  const [start, ...rest] = points;
  const end = rest.pop();
  if (!start || !end) return "";
  const curves = rest.map((point, index) => {
    const next = rest[index + 1] ?? end;
    const middle = rest[index + 1] ? { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 } : end;
    return `Q${round(point.x)} ${round(point.y)} ${round(middle.x)} ${round(middle.y)}`;
  });
  const last = rest.length === 0 ? `L${round(end.x)} ${round(end.y)}` : "";
  return `M${round(start.x)} ${round(start.y)}${curves.join("")}${last}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
