import { z } from 'zod';
import type { InputSource, Item } from '../../src/contract/index.ts';
import { createCompiler } from '../../src/engine/execution/compiled-workflow.ts';
import { RunData } from '../../src/engine/execution/run-data.ts';
import { scopeOf } from '../../src/engine/execution/scope.ts';
import type { ExpressionEngine } from '../../src/engine/expression/index.ts';
import { itemListOf } from '../../src/engine/node-kit/index.ts';
import { createRegistry } from '../../src/engine/registry/index.ts';
import { importN8n } from '../../src/engine/workflow/import/n8n/import-n8n.ts';
import { pinnedItems } from '../../src/engine/workflow/import/n8n/pinned-data.ts';
import type { Fixtures, ProxyCase } from './cases.ts';
import { checkResult, evaluate } from './expression-case.ts';

const Source = z
  .looseObject({
    previousNode: z.string(),
    previousNodeOutput: z.number().catch(0),
    previousNodeRun: z.number().catch(0),
  })
  .nullable()
  .catch(null);
const Override = z.looseObject({
  ai_tool: z.array(z.array(z.looseObject({ json: z.record(z.string(), z.unknown()) }))),
});
const Run = z.looseObject({
  inputOverride: Override.optional().catch(undefined),
  data: z.looseObject({ main: z.array(z.array(z.unknown()).nullable()).catch([]) }).optional(),
  source: z.array(Source).catch([]),
  error: z.unknown().optional(),
});
const RunFile = z.looseObject({
  data: z.looseObject({
    resultData: z.looseObject({
      runData: z.record(z.string(), z.array(Run)),
      pinData: z.unknown().optional(),
    }),
  }),
});

/** Null when the expression gives what is expected over the recorded run, otherwise what it gave. */
export async function checkProxy(
  engine: ExpressionEngine,
  one: ProxyCase,
  fixtures: Fixtures,
): Promise<string | null> {
  const { activeNode, runIndex, itemIndex, mode, fixture } = one.context;
  const recorded = fixtures[fixture];
  if (!recorded) return `there is no fixture "${fixture}"`;
  const source = recorded.workflow as { nodes: Array<{ name: string; parameters: Record<string, unknown> }> };
  const { document } = importN8n(source);
  // The recorded node types are test doubles: only their parameters as written matter.
  const nodes = document.nodes.map((node, index) => ({
    ...node,
    type: 'no-op',
    parameters: source.nodes[index]?.parameters ?? {},
  }));
  const workflow = await createCompiler(createRegistry(), engine).compile({ ...document, nodes });
  const { runData: runs } = RunFile.parse(recorded.run).data.resultData;
  const idOf = (name: string) => workflow.byName.get(name)?.id ?? name;
  const toItems = (list: readonly unknown[] | null): Item[] => pinnedItems(list ?? []).items;
  const sourcesOf = (run: z.infer<typeof Run> | undefined): Array<InputSource | null> =>
    (run?.source ?? []).map(
      (from) =>
        from && {
          nodeId: idOf(from.previousNode),
          outputIndex: from.previousNodeOutput,
          runIndex: from.previousNodeRun,
        },
    );

  const runData = new RunData();
  for (const [name, all] of Object.entries(runs)) {
    for (const [index, run] of all.entries()) {
      const outputs = (run.data?.main ?? []).map((list) => itemListOf(toItems(list)));
      runData.add({
        nodeId: idOf(name),
        nodeName: name,
        runIndex: index,
        status: run.error ? 'failed' : 'success',
        startedAt: 0,
        durationMs: 0,
        attempt: 1,
        pinned: false,
        sources: sourcesOf(run),
        itemCounts: outputs.map((list) => list.length),
        outputs,
      });
    }
  }
  // Upstream evaluates for nodes that are not there as for one that says nothing of itself.
  const node = workflow.byName.get(activeNode) ?? workflow.nodes.values().next().value;
  if (!node) return 'the recorded workflow has no nodes';
  const current = runs[activeNode]?.[runIndex] ?? runs[activeNode]?.[0];
  const scope = scopeOf(
    {
      owner: 'corpus',
      workflow,
      runData,
      about: { id: '123', name: document.name, active: false },
      execution: {
        id: '1',
        mode: mode === 'manual' ? 'test' : 'production',
        resumeUrl: null,
        resumeFormUrl: null,
      },
      vars: {},
      env: {},
      timezone: one.timezone,
      now: () => Date.now(),
    },
    { node, runIndex, items: toItems(current?.data?.main[0] ?? []), sources: sourcesOf(current) },
  );
  const toolArguments = current?.inputOverride?.ai_tool[0]?.[itemIndex]?.json;
  return checkResult(one, await evaluate(engine, one.expression, { ...scope, toolArguments }, itemIndex));
}
