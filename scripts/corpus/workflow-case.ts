import type { ExecutionDetail, Item, NodeRun } from '../../src/contract/index.ts';
import type { EngineClient } from '../../src/engine/app.ts';
import { isEngineError } from '../../src/engine/kernel/index.ts';
import { importN8n, type N8nImport } from '../../src/engine/workflow/import/n8n/import-n8n.ts';
import { pinnedItems } from '../../src/engine/workflow/import/n8n/pinned-data.ts';
import { runDocument } from '../../src/main/cli/run-to-end.ts';
import type { WorkflowCase } from './cases.ts';
import { sameFailure, sameJson } from './compare.ts';
import { serveMocks } from './http-mock.ts';
import { show } from './result.ts';

type Verdict = { outcome: 'passed' } | { outcome: 'failed' | 'unsupported'; reason: string };

/** Imports the workflow of a case, runs it as a user would and holds every output against the expected one. */
export async function checkWorkflow(client: EngineClient, one: WorkflowCase): Promise<Verdict> {
  const mocks = one.http && one.http.length > 0 ? await serveMocks(one.http) : null;
  try {
    const text = JSON.stringify(one.workflow);
    const imported = importN8n(JSON.parse(mocks ? mocks.rewrite(text) : text));
    const prepared = pin(imported, one);
    const missing = unsupportedNodes(prepared);
    try {
      const execution = await runDocument(client, {
        document: prepared.document,
        ...(one.start && { startNode: one.start }),
        ...(one.input && { input: one.input as Item[] }),
      });
      const reason = differences(one, execution, prepared);
      if (reason === null) return { outcome: 'passed' };
      return missing.length > 0
        ? { outcome: 'unsupported', reason: missing.join(', ') }
        : { outcome: 'failed', reason };
    } catch (error) {
      if (missing.length > 0) return { outcome: 'unsupported', reason: missing.join(', ') };
      if (isEngineError(error)) return { outcome: 'failed', reason: error.message };
      throw error;
    }
  } finally {
    await mocks?.close();
  }
}

/** Pinned as the case says; a trigger that has no counterpart gives what it would have given. */
function pin(imported: N8nImport, one: WorkflowCase): N8nImport {
  const { document } = imported;
  const pinnedData: Record<string, Item[]> = {};
  for (const node of document.nodes) {
    const pinned = one.pinned?.[node.name];
    if (pinned) pinnedData[node.id] = pinnedItems(pinned).items;
    else if (node.type === 'placeholder' && node.name === one.start)
      pinnedData[node.id] = (one.input ?? [{ json: {} }]) as Item[];
    // Which secrets a case used is not part of it.
    delete node.credentials;
  }
  return { ...imported, document: { ...document, pinnedData } };
}

function unsupportedNodes({ document }: N8nImport): string[] {
  return document.nodes
    .filter((node) => node.type === 'placeholder' && !node.disabled && !document.pinnedData?.[node.id])
    .map((node) => String(node.parameters['originalType']));
}

/** The first difference, null when there is none. */
function differences(one: WorkflowCase, execution: ExecutionDetail, { ports }: N8nImport): string | null {
  if (one.expectedError) {
    const expected =
      typeof one.expectedError === 'string' ? { message: one.expectedError } : one.expectedError;
    const message = execution.error?.message ?? '';
    if (execution.status === 'failed' && sameFailure(message, expected)) return null;
    return `expected the error ${show(expected)}, got ${execution.status} ${message}`;
  }
  const runs = Map.groupBy(execution.nodeRuns, (run) => run.nodeName);
  const ending = execution.error
    ? ` (${execution.status} at "${execution.error.nodeName}": ${execution.error.message})`
    : '';
  const wanted = new Map<string, ReadonlyArray<ReadonlyArray<unknown> | null>>();
  for (const [name, outputs] of Object.entries(one.expected ?? {})) wanted.set(name, [outputs]);
  for (const [name, all] of Object.entries(one.expectedRuns ?? {})) wanted.set(name, all);
  for (const [name, all] of wanted) {
    for (const [index, outputs] of all.entries()) {
      const difference =
        outputs && compareRun(one, name, runs.get(name)?.[index], outputs, ports.get(name)?.outputs);
      if (difference) return `"${name}" run ${index}, ${difference}${ending}`;
    }
  }
  if (one.expectedOrder) {
    const order = execution.nodeRuns.map((run) => run.nodeName);
    if (!sameJson(order, one.expectedOrder))
      return `order: expected ${show(one.expectedOrder)}, got ${show(order)}${ending}`;
  }
  return null;
}

function compareRun(
  one: WorkflowCase,
  name: string,
  run: NodeRun | undefined,
  outputs: ReadonlyArray<unknown>,
  order: readonly number[] | undefined,
): string | null {
  const judged = one.compare?.includes('output 0') ? outputs.slice(0, 1) : outputs;
  for (const [output, expected] of judged.entries()) {
    const items = run?.outputs[order?.[output] ?? output] ?? [];
    const actual = items.map(({ json }) => without(json, one.ignore?.[name]?.IGNORED_PROPERTIES));
    // An item that was not recorded has nothing to judge.
    const wanted = ((expected ?? []) as Array<Record<string, unknown> | null>).map((json, index) =>
      json === null ? actual[index] : without(json, one.ignore?.[name]?.IGNORED_PROPERTIES),
    );
    if (!sameJson(actual, wanted, { shallow: one.shallow === true }))
      return `output ${output}: expected ${show(wanted)}, got ${run ? show(actual) : 'no run'}`;
  }
  return null;
}

function without(json: Record<string, unknown>, names: string | undefined): Record<string, unknown> {
  const left = { ...json };
  for (const name of names?.split(',') ?? []) delete left[name.trim()];
  return left;
}
