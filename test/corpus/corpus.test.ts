import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkTemplates } from '../../scripts/corpus/check-templates.ts';
import { readCorpus } from '../../scripts/corpus/cases.ts';
import { isAppOrAi } from '../../scripts/corpus/core-types.ts';
import { KNOWN } from '../../scripts/corpus/known.ts';
import { runCorpus } from '../../scripts/corpus/run-corpus.ts';

const folder = fileURLToPath(new URL('../../../shared/n8n-corpus', import.meta.url));

describe.skipIf(!existsSync(folder))('n8n corpus (skipped where ../shared/n8n-corpus is not there)', () => {
  it('evaluates expressions as n8n does', { timeout: 120_000 }, async () => {
    const corpus = readCorpus(folder);
    const cases = corpus.cases.filter(({ kind }) => kind !== 'workflow');
    const results = await runCorpus({ ...corpus, cases });
    const failed = results.filter(({ id, outcome }) => outcome === 'failed' && !KNOWN[id]);
    expect(failed.map(({ id, reason }) => `${id}: ${reason}`)).toEqual([]);
  });

  it(
    'runs workflows as n8n does, wherever all their nodes have a counterpart',
    { timeout: 240_000 },
    async () => {
      const corpus = readCorpus(folder);
      const cases = corpus.cases.filter(({ kind, tags }) => kind === 'workflow' && tags.runnable);
      const results = await runCorpus({ ...corpus, cases });
      const failed = results.filter(({ id, outcome }) => outcome === 'failed' && !KNOWN[id]);
      expect(failed.map(({ id, reason }) => `${id}: ${reason}`)).toEqual([]);
    },
  );

  it('imports every template', () => {
    expect(checkTemplates(readCorpus(folder).templates, isAppOrAi).crashed).toEqual([]);
  });
});
