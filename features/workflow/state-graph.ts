/** The states of a record and the steps between them, laid out to be drawn from above to below. Pure. */
import { Graph, layout } from "@dagrejs/dagre";
import type { RecordType } from "@/protocol/records";
import { recordStates } from "@/protocol/workflow/states";
import { NEW } from "@/protocol/workflow/step";
import { transactionNames, workflow } from "@/protocol/workflow/table";
import { numberOf } from "./description";

/** Sizes in the units of the picture, which are pixels where it is not made smaller. */
export const FONT_SIZE = 15;
export const LINE_HEIGHT = 19;
const CHARACTER = 8.1;
const CHARACTERS_A_LINE = 15;
const LABEL_HEIGHT = 22;
const DOT = 14;

interface Point {
  x: number;
  y: number;
}
export interface StateNode extends Point {
  state: string;
  /** Empty for the dot at which a record begins. */
  lines: string[];
  width: number;
  height: number;
  /** Nothing follows it. */
  isEnd: boolean;
}
export interface StepEdge {
  from: string;
  to: string;
  points: Point[];
  /** The numbers of the steps that lead along it, and where they are written. */
  numbers: number[];
  label: Point & { width: number; height: number };
}
export interface StateGraph {
  width: number;
  height: number;
  nodes: StateNode[];
  edges: StepEdge[];
}

/** From one state to another, by the numbers of the steps that do it. */
export function edgesOf(record: RecordType): { from: string; to: string; numbers: number[] }[] {
  const edges = new Map<string, { from: string; to: string; numbers: number[] }>();
  for (const name of transactionNames)
    for (const move of workflow[name].moves.filter((one) => one.record === record))
      for (const from of move.from)
        for (const to of move.to) {
          if (from === to) continue;
          const edge = edges.get(`${from} ${to}`) ?? { from, to, numbers: [] };
          const number = numberOf(name);
          if (!edge.numbers.includes(number)) edge.numbers.push(number);
          edges.set(`${from} ${to}`, edge);
        }
  return [...edges.values()];
}

/** @param words what each state is called */
export function stateGraph(record: RecordType, words: (state: string) => string): StateGraph {
  const edges = edgesOf(record);
  const graph = new Graph();
  graph.setGraph({ rankdir: "TB", nodesep: 26, edgesep: 16, ranksep: 34, marginx: 8, marginy: 8 });
  graph.setNode(NEW, { width: DOT, height: DOT });
  for (const state of recordStates[record]) graph.setNode(state, sizeOf(wrapped(words(state))));
  for (const { from, to, numbers } of edges)
    graph.setEdge(from, to, { width: labelWidth(numbers), height: LABEL_HEIGHT, labelpos: "c" });
  layout(graph);
  const size = graph.graph();
  return {
    ...{ width: Math.ceil(size.width ?? 0), height: Math.ceil(size.height ?? 0) },
    nodes: [NEW, ...recordStates[record]].map((state) => {
      const { x, y, width, height } = graph.node(state);
      const lines = state === NEW ? [] : wrapped(words(state));
      return { state, lines, ...{ x, y, width, height }, isEnd: !edges.some(({ from }) => from === state) };
    }),
    edges: edges.map(({ from, to, numbers }) => {
      const { points, x, y } = graph.edge(from, to);
      const label = { x: x ?? 0, y: y ?? 0, width: labelWidth(numbers), height: LABEL_HEIGHT };
      return { from, to, numbers, points: points ?? [], label };
    }),
  };
}

function labelWidth(numbers: readonly number[]): number {
  return numbers.join(", ").length * CHARACTER + 12;
}

function sizeOf(lines: readonly string[]): { width: number; height: number } {
  const longest = Math.max(...lines.map(({ length }) => length));
  return { width: Math.max(64, longest * CHARACTER + 22), height: lines.length * LINE_HEIGHT + 16 };
}

/** A text in lines of about so many characters, broken between words. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < CHARACTERS_A_LINE)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
