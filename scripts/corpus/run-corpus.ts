import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, type EngineClient } from '../../src/engine/app.ts';
import { createExpressionEngine } from '../../src/engine/expression/index.ts';
import { readConfig } from '../../src/engine/kernel/index.ts';
import { createSandbox } from '../../src/engine/sandbox/index.ts';
import type { Case, Corpus } from './cases.ts';
import { checkExpression } from './expression-case.ts';
import { checkFilter } from './filter-case.ts';
import { checkProxy } from './proxy-case.ts';
import type { CaseResult } from './result.ts';
import { checkWorkflow } from './workflow-case.ts';

/** n8n's own default, for which the expected values were made. */
const TIMEZONE = 'America/New_York';

export interface CorpusFilter {
  /** Only cases that have a node of this type in them. */
  type?: string | undefined;
  /** Only cases with this text in their id. */
  text?: string | undefined;
}

/** Runs every runnable case of a corpus on one engine with a folder of its own. */
export async function runCorpus(corpus: Corpus, filter: CorpusFilter = {}): Promise<CaseResult[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'guixuflow-corpus-'));
  const config = readConfig({ GUIXU_TIMEZONE: TIMEZONE, GUIXU_LOG_LEVEL: 'silent' }, { dataDir });
  const app = await createApp(config, { host: 'headless', listen: false, activate: false });
  const sandbox = createSandbox();
  try {
    await app.start();
    const run = runnerOf(app.client, createExpressionEngine({ sandbox }), corpus);
    const results: CaseResult[] = [];
    for (const one of corpus.cases) if (isWanted(one, filter)) results.push(await run(one));
    return results;
  } finally {
    sandbox.dispose();
    await app.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function isWanted(one: Case, { type, text }: CorpusFilter): boolean {
  const { runnable, runnableWithHttpMock } = one.tags;
  if (!runnable && !(one.kind === 'workflow' && runnableWithHttpMock)) return false;
  if (text !== undefined && !one.id.includes(text)) return false;
  return type === undefined || typesOf(one).includes(type);
}

function typesOf(one: Case): string[] {
  if (one.kind !== 'workflow') return [];
  return [...new Set(one.workflow.nodes.map(({ type }) => type.replace(/^n8n-nodes-base\./, '')))];
}

function runnerOf(
  client: EngineClient,
  engine: ReturnType<typeof createExpressionEngine>,
  corpus: Corpus,
): (one: Case) => Promise<CaseResult> {
  const check = async (one: Case) => {
    if (one.kind === 'workflow') return checkWorkflow(client, one);
    const reason =
      one.kind === 'expression'
        ? await checkExpression(engine, one)
        : one.kind === 'proxy'
          ? await checkProxy(engine, one, corpus.fixtures)
          : checkFilter(one);
    return reason === null ? { outcome: 'passed' as const } : { outcome: 'failed' as const, reason };
  };
  return async (one) => ({
    id: one.id,
    kind: one.kind,
    types: typesOf(one),
    isMocked: one.kind === 'workflow' && !one.tags.runnable,
    ...(await check(one).catch((error: unknown) => ({
      outcome: 'failed' as const,
      reason: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }))),
  });
}
