/** The money as a graph: fund → line → commons → milestone → payee. Pure; every level adds up to the one before. */

export type FlowRows = {
  lines: readonly { id: string; fund: string; name: string }[];
  commitments: readonly { id: string; line: string; commons: string; payee: string; amountCents: bigint }[];
  milestones: readonly { id: string; commitment: string; number: number; amountCents: bigint }[];
  /** Without returned ones and what was recovered; of one milestone to one payee together. */
  payments: readonly { milestone: string; payee: string; amountCents: bigint }[];
  /** What is committed for commons that are not followed one by one. */
  others: readonly { line: string; commons: string; amountCents: bigint }[];
  names: { commons: ReadonlyMap<string, string>; subjects: ReadonlyMap<string, string> };
};

export type FlowKind =
  | "fund"
  | "line"
  | "commons"
  | "milestone"
  | "payee"
  | "unplanned"
  | "unrequested"
  | "others";
export type FlowNode = { id: string; kind: FlowKind; label: string };
export type FlowLink = { source: string; target: string; cents: bigint };
export type FlowGraph = { nodes: FlowNode[]; links: FlowLink[] };

type Milestone = { state: string; amountCents: bigint; acceptedCents: bigint };

/** What of its commitment a milestone still takes: nothing once it came to nothing, once accepted what was accepted. */
export function stillPlanned({ state, amountCents, acceptedCents }: Milestone): bigint {
  if (state === "rejected" || state === "cancelled") return 0n;
  return state === "accepted" || state === "partially_accepted" ? acceptedCents : amountCents;
}

/**
 * What is committed, followed to its payees. Money committed that no milestone plans yet, or that nobody has asked
 * for yet, ends in a node that says so.
 */
export function flowGraph(rows: FlowRows): FlowGraph {
  const graph = new Graph();
  const lines = new Map(rows.lines.map((line) => [line.id, line]));
  const milestonesOf = Map.groupBy(rows.milestones, ({ commitment }) => commitment);
  const paymentsOf = Map.groupBy(rows.payments, ({ milestone }) => milestone);
  const lineNodes = (id: string) => {
    const line = lines.get(id);
    return (
      line && { fund: graph.node("fund", line.fund, line.fund), line: graph.node("line", line.id, line.name) }
    );
  };
  for (const commitment of rows.commitments) {
    const from = lineNodes(commitment.line);
    if (!from) continue;
    const commons = graph.node(
      "commons",
      commitment.commons,
      rows.names.commons.get(commitment.commons) ?? "",
    );
    graph.add(from.fund, from.line, commitment.amountCents);
    graph.add(from.line, commons, commitment.amountCents);
    let unplanned = commitment.amountCents;
    for (const milestone of milestonesOf.get(commitment.id) ?? []) {
      const node = graph.node("milestone", milestone.id, String(milestone.number));
      graph.add(commons, node, milestone.amountCents);
      unplanned -= milestone.amountCents;
      addPayments(graph, node, milestone, paymentsOf.get(milestone.id) ?? [], rows.names.subjects);
    }
    graph.add(commons, graph.node("unplanned", "all", ""), unplanned);
  }
  const others = String(new Set(rows.others.map(({ commons }) => commons)).size);
  for (const { line, amountCents } of rows.others) {
    const from = lineNodes(line);
    if (!from) continue;
    graph.add(from.fund, from.line, amountCents);
    graph.add(from.line, graph.node("others", "all", others), amountCents);
  }
  return graph.result();
}

function addPayments(
  graph: Graph,
  node: string,
  milestone: { amountCents: bigint },
  payments: FlowRows["payments"],
  names: ReadonlyMap<string, string>,
): void {
  let unrequested = milestone.amountCents;
  for (const payment of payments) {
    const payee = graph.node("payee", payment.payee, names.get(payment.payee) ?? "");
    graph.add(node, payee, payment.amountCents);
    unrequested -= payment.amountCents;
  }
  graph.add(node, graph.node("unrequested", "all", ""), unrequested);
}

class Graph {
  readonly #nodes = new Map<string, FlowNode>();
  readonly #links = new Map<string, FlowLink>();

  node(kind: FlowKind, id: string, label: string): string {
    const key = `${kind}/${id}`;
    if (!this.#nodes.has(key)) this.#nodes.set(key, { id: key, kind, label });
    return key;
  }

  add(source: string, target: string, cents: bigint): void {
    if (cents <= 0n) return;
    const key = `${source} ${target}`;
    const link = this.#links.get(key);
    if (link) link.cents += cents;
    else this.#links.set(key, { source, target, cents });
  }

  /** Nodes no money reaches are left out. */
  result(): FlowGraph {
    const links = [...this.#links.values()];
    const reached = new Set(links.flatMap(({ source, target }) => [source, target]));
    return { nodes: [...this.#nodes.values()].filter(({ id }) => reached.has(id)), links };
  }
}
