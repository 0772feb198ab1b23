import {
  ERROR_PORT,
  resolvePorts,
  type Locale,
  type NodeRun,
  type NodeTypeDescription,
  type WorkflowNode,
} from '../../contract/index.ts';

/** What the main output ports of a node run are called, in order. */
export function outputPortNames(
  run: NodeRun,
  node: WorkflowNode | undefined,
  type: NodeTypeDescription | undefined,
  locale: Locale,
): string[] {
  const texts = type?.texts[locale].ports;
  const ports = type && node ? resolvePorts(type.outputs, node.parameters) : [];
  const names = ports
    .filter(({ kind }) => kind === 'main')
    .map(({ label, name, index }) => label ?? texts?.[name] ?? (name === 'main' ? '' : `${name} ${index}`));
  const count = Math.max(run.itemCounts.length, run.outputs.length, 1);
  return Array.from({ length: count }, (_none, index) => {
    const isError = type !== undefined && node?.onError === 'error-output' && index === names.length;
    return names[index] ?? (isError ? ERROR_PORT : '');
  });
}
