import {
  diffValues,
  type Connection,
  type FieldChange,
  type WorkflowComparison,
  type WorkflowDocument,
} from '../../../contract/index.ts';
import type { CanvasMark } from '../../canvas/canvas-context.ts';
import { connectionId } from '../../canvas/flow-mapping.ts';

export interface ChangeRow {
  key: string;
  section: 'nodes' | 'connections' | 'settings' | 'pinnedData';
  mark: CanvasMark;
  /** Empty for the workflow as a whole. */
  title: string;
  /** What the canvas shows for it. */
  nodeId: string | null;
  fields: readonly FieldChange[];
}

export interface Compared extends WorkflowComparison {
  before: WorkflowDocument;
  after: WorkflowDocument;
}

/** Every change as a row of a list, in the order of the sections. */
export function changeRows(compared: Compared, nameOfGone: string): ChangeRow[] {
  const { diff, before, after } = compared;
  const names = new Map([...before.nodes, ...after.nodes].map(({ id, name }) => [id, name]));
  const nameOf = (id: string) => names.get(id) ?? nameOfGone;
  const rows: ChangeRow[] = diff.nodes.map(({ kind, nodeId, name, fields }) => ({
    key: `node ${nodeId}`,
    section: 'nodes',
    mark: kind,
    title: name,
    nodeId,
    fields: fields.length > 0 ? fields : wholeNode(compared, kind, nodeId),
  }));
  for (const { kind, connection } of diff.connections)
    rows.push({
      key: `connection ${kind} ${connectionId(connection)}`,
      section: 'connections',
      mark: kind,
      title: `${endText(connection.from, nameOf)} → ${endText(connection.to, nameOf)}`,
      nodeId: names.has(connection.to.node) ? connection.to.node : null,
      fields: [],
    });
  if (diff.fields.length > 0)
    rows.push({
      key: 'settings',
      section: 'settings',
      mark: 'changed',
      title: '',
      nodeId: null,
      fields: diff.fields,
    });
  for (const [id, fields] of Map.groupBy(diff.pinnedData, ({ path }) => String(path[0])))
    rows.push({
      key: `pinned ${id}`,
      section: 'pinnedData',
      mark: 'changed',
      title: nameOf(id),
      nodeId: names.has(id) ? id : null,
      fields: fields.map((change) => ({ ...change, path: change.path.slice(1) })),
    });
  return rows;
}

/** All parameters of a node that came or went. */
function wholeNode({ before, after }: Compared, kind: CanvasMark, nodeId: string): FieldChange[] {
  const parametersOf = ({ nodes }: WorkflowDocument) =>
    nodes.find(({ id }) => id === nodeId)?.parameters ?? {};
  return kind === 'added' ? diffValues({}, parametersOf(after)) : diffValues(parametersOf(before), {});
}

/** The port is named where it is not the only usual one. */
function endText({ node, port, index }: Connection['from'], nameOf: (id: string) => string): string {
  if (port === 'main' && index === 0) return nameOf(node);
  return `${nameOf(node)} (${port === 'main' ? '' : `${port} `}${index + 1})`;
}
