import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WorkflowDocument } from '../../src/contract/index.ts';
import catalogue from '../../src/engine/registry/catalogue.gen.json' with { type: 'json' };
import { startTestApp, type TestApp } from './test-app.ts';

/** Credential types of servers; those of HTTP are for whatever answers. */
const CONNECTORS = globSync('src/engine/connectors/*/*-credential.ts', {
  cwd: join(import.meta.dirname, '..', '..'),
}).map((file) => basename(file, '-credential.ts'));
const ROOT = join(import.meta.dirname, '..', '..');
const TEMPLATES = join(ROOT, 'resources', 'templates');
/** Node types that talk to a server of the user's. */
const connected = catalogue
  .filter(({ credentials }) =>
    credentials.some(({ types }) => types.some((type) => CONNECTORS.includes(type))),
  )
  .map(({ type }) => type);

describe('node types that connect to a server', () => {
  let engine: TestApp;
  beforeAll(async () => {
    engine = await startTestApp();
  });
  afterAll(() => engine.stop());

  it.each(connected)('%s: is described in both languages and shown in a template', (type) => {
    for (const file of [
      `docs/nodes/${type}.md`,
      `docs/nodes/${type}.zh-CN.md`,
      `resources/templates/${type}.json`,
    ])
      expect(existsSync(join(ROOT, file)), file).toBe(true);
  });

  it.each(globSync('*.json', { cwd: TEMPLATES }).sort())(
    '%s: wants nothing but credentials and tables to be chosen',
    async (file) => {
      const document = WorkflowDocument.parse(JSON.parse(readFileSync(join(TEMPLATES, file), 'utf8')));
      expect(document.nodes.map(({ type }) => type)).toContain(basename(file, '.json'));
      const { problems } = await engine.app.client.workflows.validate({ document });
      const toChoose = /^credentials\.|^parameters\.table$/;
      const others = problems.filter(({ field }) => !toChoose.test(field ?? ''));
      expect(others).toEqual([]);
    },
  );
});
