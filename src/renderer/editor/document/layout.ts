import type { WorkflowDocument } from '../../../contract/index.ts';

const COLUMN = 224;
const ROW = 160;

type Position = [number, number];

/**
 * Tidy positions: every node one column right of the last node it depends on, nodes of a column ordered by where
 * their inputs are, sub-nodes (models, tools …) beneath the node they serve. The top left corner stays.
 */
export function layoutNodes(document: WorkflowDocument): Map<string, Position> {
  const main = document.connections.filter(({ from }) => from.port === 'main');
  const subNodes = new Map(
    document.connections
      .filter(({ from }) => from.port !== 'main')
      .map(({ from, to }) => [from.node, to.node]),
  );
  const ids = document.nodes.map((node) => node.id).filter((id) => !subNodes.has(id));
  const columns = columnsOf(
    ids,
    forwardOnly(
      ids,
      main.map(({ from, to }): Link => [from.node, to.node]),
    ),
  );
  const left = Math.min(...document.nodes.map((node) => node.position[0]));
  const top = Math.min(...document.nodes.map((node) => node.position[1]));

  const rows = new Map<string, number>();
  const byColumn = Map.groupBy(ids, (id) => columns.get(id) ?? 0);
  for (const column of [...byColumn.keys()].sort((a, b) => a - b)) {
    const wanted = byColumn.get(column)!.map((id) => ({ id, row: wantedRow(document, rows, id) }));
    wanted.sort((a, b) => a.row - b.row);
    let next = Number.NEGATIVE_INFINITY;
    for (const { id, row } of wanted) {
      const placed = Math.max(row, next);
      rows.set(id, placed);
      next = placed + 1;
    }
  }

  const positions = new Map<string, Position>();
  const highest = Math.min(0, ...rows.values());
  for (const id of ids) {
    positions.set(id, [left + (columns.get(id) ?? 0) * COLUMN, top + snap((rows.get(id)! - highest) * ROW)]);
  }
  const served = new Map<string, number>();
  for (const [id, parent] of subNodes) {
    const [x, y] = positions.get(parent) ?? [left, top];
    const count = served.get(parent) ?? 0;
    served.set(parent, count + 1);
    positions.set(id, [x + count * 128, y + ROW]);
  }
  return positions;
}

type Link = readonly [from: string, to: string];

/** The links without those that lead back into a path being walked, so that cycles have a beginning. */
function forwardOnly(ids: readonly string[], links: readonly Link[]): Link[] {
  const outgoing = Map.groupBy(links, ([from]) => from);
  const state = new Map<string, 'open' | 'done'>();
  const kept: Link[] = [];
  const visit = (id: string) => {
    state.set(id, 'open');
    for (const link of outgoing.get(id) ?? []) {
      const seen = state.get(link[1]);
      if (seen === 'open') continue;
      kept.push(link);
      if (!seen) visit(link[1]);
    }
    state.set(id, 'done');
  };
  const entered = new Set(links.map(([, to]) => to));
  for (const id of [...ids.filter((one) => !entered.has(one)), ...ids]) if (!state.has(id)) visit(id);
  return kept;
}

function columnsOf(ids: readonly string[], links: readonly Link[]): Map<string, number> {
  const incoming = Map.groupBy(links, ([, to]) => to);
  const columns = new Map<string, number>();
  const columnOf = (id: string): number => {
    const known = columns.get(id);
    if (known !== undefined) return known;
    const column = Math.max(-1, ...(incoming.get(id) ?? []).map(([from]) => columnOf(from))) + 1;
    columns.set(id, column);
    return column;
  };
  ids.forEach(columnOf);
  return columns;
}

/** Beside the inputs, spread by the output port each comes from; a start node goes below those already placed. */
function wantedRow(document: WorkflowDocument, rows: ReadonlyMap<string, number>, id: string): number {
  const wishes = document.connections.flatMap(({ from, to }) => {
    const row = rows.get(from.node);
    if (to.node !== id || row === undefined) return [];
    const siblings = document.connections.filter((other) => other.from.node === from.node);
    const place = siblings.findIndex((other) => other.to.node === id);
    return [row + place - (siblings.length - 1) / 2];
  });
  if (wishes.length === 0) return rows.size === 0 ? 0 : Math.max(...rows.values()) + 1;
  return wishes.reduce((sum, wish) => sum + wish, 0) / wishes.length;
}

function snap(value: number): number {
  return Math.round(value / 16) * 16;
}
