import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Tags = z.looseObject({
  runnable: z.boolean().optional(),
  runnableWithHttpMock: z.boolean().optional(),
});

const Expected = z.looseObject({ message: z.string().optional(), messageRegex: z.string().optional() });

/** A request the case expects, and what a local server answers. */
export const HttpMock = z.looseObject({
  method: z.string(),
  base: z.unknown().optional(),
  path: z.unknown().optional(),
  status: z.number().optional(),
  responseBody: z.unknown().optional(),
  responseHeaders: z.record(z.string(), z.unknown()).optional(),
});
export type HttpMock = z.infer<typeof HttpMock>;

const Json = z.record(z.string(), z.unknown());
const Output = z.array(Json.nullable()).nullable();

const WorkflowCase = z.looseObject({
  id: z.string(),
  kind: z.literal('workflow'),
  workflow: z.looseObject({
    nodes: z.array(z.looseObject({ type: z.string(), name: z.string().optional() })),
  }),
  start: z.string().nullish(),
  input: z.array(z.looseObject({ json: Json })).nullish(),
  pinned: z.record(z.string(), z.array(z.unknown())).nullish(),
  expected: z.record(z.string(), z.array(Output)).nullish(),
  expectedRuns: z.record(z.string(), z.array(z.array(Output).nullable())).nullish(),
  expectedOrder: z.array(z.string()).nullish(),
  expectedError: z.union([z.string(), Expected]).nullish(),
  ignore: z.record(z.string(), z.looseObject({ IGNORED_PROPERTIES: z.string().optional() })).nullish(),
  http: z.array(HttpMock).nullish(),
  clock: z.union([z.string(), z.number()]).nullish(),
  compare: z.string().nullish(),
  shallow: z.boolean().nullish(),
  tags: Tags,
});
export type WorkflowCase = z.infer<typeof WorkflowCase>;

const small = {
  id: z.string(),
  title: z.string().optional(),
  expected: z.unknown().optional(),
  error: Expected.nullish(),
  timezone: z.string().catch('America/New_York'),
  clock: z.union([z.string(), z.number()]).nullish(),
  tags: Tags,
};
const ExpressionCase = z.looseObject({
  ...small,
  kind: z.literal('expression'),
  expression: z.string(),
  input: z.array(Json),
});
export type ExpressionCase = z.infer<typeof ExpressionCase>;

const FilterCase = z.looseObject({ ...small, kind: z.literal('filter'), filter: z.unknown() });
export type FilterCase = z.infer<typeof FilterCase>;

const ProxyCase = z.looseObject({
  ...small,
  kind: z.literal('proxy'),
  expression: z.string(),
  context: z.looseObject({
    fixture: z.string(),
    activeNode: z.string(),
    runIndex: z.number().catch(0),
    itemIndex: z.number().catch(0),
    mode: z.string().catch('manual'),
  }),
});
export type ProxyCase = z.infer<typeof ProxyCase>;

const Case = z.discriminatedUnion('kind', [WorkflowCase, ExpressionCase, FilterCase, ProxyCase]);
export type Case = z.infer<typeof Case>;

const Bundle = z.looseObject({ cases: z.array(Case) });
const Fixtures = z.looseObject({
  fixtures: z.record(
    z.string(),
    z.looseObject({ workflow: z.unknown().optional(), run: z.unknown().optional() }),
  ),
});
export type Fixtures = z.infer<typeof Fixtures>['fixtures'];

const Template = z.looseObject({ id: z.string(), workflow: z.unknown() });
export type Template = z.infer<typeof Template>;

export interface Corpus {
  cases: Case[];
  fixtures: Fixtures;
  templates: Template[];
}

/** Everything in a folder of the corpus format: its `cases` and `templates` folders, or cases lying in it directly. */
export function readCorpus(folder: string): Corpus {
  const corpus: Corpus = { cases: [], fixtures: {}, templates: [] };
  const casesFolder = existsSync(join(folder, 'cases')) ? join(folder, 'cases') : folder;
  for (const value of jsonFiles(casesFolder)) {
    if (has(value, 'cases')) corpus.cases.push(...Bundle.parse(value).cases);
    else if (has(value, 'fixtures')) Object.assign(corpus.fixtures, Fixtures.parse(value).fixtures);
    else corpus.cases.push(Case.parse(value));
  }
  for (const value of jsonFiles(join(folder, 'templates'))) corpus.templates.push(Template.parse(value));
  return corpus;
}

function has(value: unknown, key: string): boolean {
  return typeof value === 'object' && value !== null && key in value;
}

function jsonFiles(folder: string): unknown[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as unknown);
}
