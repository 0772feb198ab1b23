import { describe, expect, it } from 'vitest';
import {
  WorkflowDocument,
  type NodeTypeDescription,
  type WorkflowDocumentInput,
} from '../../contract/index.ts';
import { validateWorkflow, type KnownNodeType, type ValidationOptions } from './validate.ts';

const TEXTS = { name: '', description: '' };

function nodeType(over: Partial<NodeTypeDescription> & { loop?: boolean } = {}): KnownNodeType {
  const { loop = false, ...description } = over;
  return {
    loop,
    description: {
      type: 'step',
      version: 1,
      group: 'core',
      trigger: false,
      icon: '',
      inputs: [{ kind: 'main', name: 'main' }],
      outputs: [{ kind: 'main', name: 'main' }],
      parameters: [],
      credentials: [],
      aliases: [],
      texts: { en: TEXTS, 'zh-CN': TEXTS },
      ...description,
    },
  };
}

const TYPES: Record<string, KnownNodeType> = {
  start: nodeType({ trigger: true, inputs: [] }),
  step: nodeType(),
  loop: nodeType({ loop: true }),
  branch: nodeType({
    outputs: [{ kind: 'main', name: 'branch', repeat: { parameter: 'branches' } }],
    parameters: [{ name: 'branches', kind: 'number', default: 2 }],
  }),
  form: nodeType({
    parameters: [
      { name: 'url', kind: 'string', required: true },
      { name: 'count', kind: 'number', min: 1, max: 10, integer: true },
      { name: 'mode', kind: 'select', options: ['a', 'b'], default: 'a' },
      { name: 'extra', kind: 'string', required: true, visibleWhen: { mode: ['b'] } },
      { name: 'rows', kind: 'list', max: 2, fields: [{ name: 'key', kind: 'string', required: true }] },
      { name: 'more', kind: 'collection', fields: [{ name: 'flag', kind: 'boolean', required: true }] },
      { name: 'fields', kind: 'assignments' },
      { name: 'when', kind: 'conditions' },
      { name: 'body', kind: 'json' },
      { name: 'code', kind: 'code', language: 'javascript', expression: false },
    ],
  }),
  login: nodeType({
    parameters: [{ name: 'auth', kind: 'select', options: ['none', 'basic'], default: 'none' }],
    credentials: [{ name: 'login', types: ['basic-auth'], required: true, visibleWhen: { auth: ['basic'] } }],
  }),
};

type NodeInput = WorkflowDocumentInput['nodes'][number];

function validate(
  nodes: Array<Partial<NodeInput> & { id: string }>,
  links: Array<[string, string] | [string, number, string, number]> = [],
  options?: ValidationOptions,
) {
  const document = WorkflowDocument.parse({
    name: 'Orders',
    nodes: nodes.map((node) => ({ name: node.id.toUpperCase(), type: 'step', ...node })),
    connections: links.map((link) =>
      link.length === 2
        ? { from: { node: link[0] }, to: { node: link[1] } }
        : { from: { node: link[0], index: link[1] }, to: { node: link[2], index: link[3] } },
    ),
  });
  return validateWorkflow(document, (type) => TYPES[type], options);
}

const form = (parameters: Record<string, unknown>, options?: ValidationOptions) =>
  validate([{ id: 'f', type: 'form', parameters: { url: 'x', ...parameters } }], [], options).map(
    ({ code, field, details }) => [code, field, details?.['reason']].filter((part) => part !== undefined),
  );

describe('validateWorkflow', () => {
  it('finds nothing wrong with a sound workflow', () => {
    const nodes = [{ id: 'a', type: 'start' }, { id: 'b', type: 'branch' }, { id: 'c' }];
    expect(
      validate(
        nodes,
        [
          ['a', 'b'],
          ['b', 1, 'c', 0],
        ],
        { forActivation: true },
      ),
    ).toEqual([]);
  });

  it('names node, field and facts of a finding', () => {
    expect(validate([{ id: 'a', type: 'missing', typeVersion: 3 }])).toEqual([
      {
        severity: 'error',
        code: 'NODE_TYPE_UNKNOWN',
        message: expect.stringContaining('"missing" (version 3)'),
        nodeId: 'a',
        nodeName: 'A',
        field: 'type',
        details: { node: 'A', type: 'missing', version: 3 },
      },
    ]);
  });

  it('finds names and ids that are there twice', () => {
    const found = validate([
      { id: 'a', name: 'X' },
      { id: 'b', name: 'X' },
      { id: 'a', name: 'Y' },
    ]);
    expect(found.map(({ code, nodeId, nodeName }) => [code, nodeId, nodeName])).toEqual([
      ['NODE_NAME_DUPLICATE', 'b', 'X'],
      ['NODE_ID_DUPLICATE', 'a', 'Y'],
    ]);
  });

  it('finds connections that lead nowhere or are there twice', () => {
    const found = validate(
      [{ id: 'a' }, { id: 'b' }],
      [
        ['a', 'b'],
        ['a', 'gone'],
        ['gone', 'b'],
        ['a', 'b'],
        ['a', 1, 'b', 0],
        ['a', 0, 'b', 7],
      ],
    );
    expect(found.map(({ code, field, nodeId, details }) => [code, field, nodeId, details])).toEqual([
      ['CONNECTION_DANGLING', 'connections.1', 'a', { id: 'gone' }],
      ['CONNECTION_DANGLING', 'connections.2', 'b', { id: 'gone' }],
      ['CONNECTION_DUPLICATE', 'connections.3', 'a', { from: 'A', to: 'B' }],
      [
        'CONNECTION_PORT_UNKNOWN',
        'connections.4',
        'a',
        { node: 'A', side: 'output', port: 'main', index: 1 },
      ],
      ['CONNECTION_PORT_UNKNOWN', 'connections.5', 'b', { node: 'B', side: 'input', port: 'main', index: 7 }],
    ]);
  });

  it('counts ports by parameters, and the error port after them', () => {
    const nodes = (branches: number) => [
      { id: 'a', type: 'branch', parameters: { branches }, onError: 'error-output' as const },
      { id: 'b' },
    ];
    expect(validate(nodes(3), [['a', 3, 'b', 0]])).toEqual([]);
    expect(validate(nodes(2), [['a', 3, 'b', 0]])).toHaveLength(1);
  });

  it('warns of cycles without a loop node', () => {
    const nodes = [{ id: 'a' }, { id: 'b' }, { id: 'c', type: 'loop' }, { id: 'd' }];
    const found = validate(nodes, [
      ['a', 'b'],
      ['b', 'a'],
      ['b', 'c'],
      ['c', 'b'],
      ['d', 'd'],
    ]);
    expect(found.map(({ severity, code, details }) => [severity, code, details?.['nodes']])).toEqual([
      ['warning', 'CYCLE_WITHOUT_LOOP_NODE', ['A', 'B']],
      ['warning', 'CYCLE_WITHOUT_LOOP_NODE', ['D']],
    ]);
    expect(
      validate(nodes, [
        ['b', 'c'],
        ['c', 'b'],
        ['a', 'b'],
        ['d', 'b'],
      ]),
    ).toEqual([]);
  });

  it('asks for a trigger only when the workflow is to be activated', () => {
    expect(validate([{ id: 'a' }])).toEqual([]);
    expect(validate([{ id: 'a', type: 'start', disabled: true }], [], { forActivation: true })).toMatchObject(
      [{ severity: 'error', code: 'TRIGGER_MISSING' }],
    );
  });

  it('warns of parameters that the node type does not have', () => {
    expect(form({ uri: 'x', url: 'u', rows: [{ key: 'a', kye: 1 }] })).toEqual([
      ['PARAMETER_UNKNOWN', 'parameters.rows.0.kye'],
      ['PARAMETER_UNKNOWN', 'parameters.uri'],
    ]);
  });

  it('asks for parameters that are shown, required and empty', () => {
    expect(form({ url: ' ' })).toEqual([['PARAMETER_REQUIRED', 'parameters.url']]);
    expect(form({ mode: 'b' })).toEqual([['PARAMETER_REQUIRED', 'parameters.extra']]);
    expect(form({ url: '={{ $json.url }}' })).toEqual([]);
    expect(form({ rows: [{ key: 'a' }, {}] })).toEqual([['PARAMETER_REQUIRED', 'parameters.rows.1.key']]);
    expect(form({ more: {} })).toEqual([]);
    expect(form({ fields: [{ name: '', type: 'any', value: 1 }] })).toEqual([
      ['PARAMETER_REQUIRED', 'parameters.fields.0.name'],
    ]);
  });

  it('finds values that do not fit, and leaves alone what the engine converts', () => {
    expect(form({ count: '5', rows: [], body: '{"a":1}' })).toEqual([]);
    expect(form({ count: 'five' })).toEqual([
      ['PARAMETER_INVALID', 'parameters.count', '"five" is not a number'],
    ]);
    expect(form({ count: 11 })).toEqual([['PARAMETER_INVALID', 'parameters.count', '11 is more than 10']]);
    expect(form({ mode: 'c' })).toEqual([['PARAMETER_INVALID', 'parameters.mode', '"c" is none of a, b']]);
    expect(form({ rows: 'x' })).toEqual([['PARAMETER_INVALID', 'parameters.rows', 'it must be a list']]);
    expect(form({ rows: [{ key: 'a' }, { key: 'b' }, { key: 'c' }] })).toEqual([
      ['PARAMETER_INVALID', 'parameters.rows', 'at most 2 rows are allowed'],
    ]);
    expect(form({ more: { flag: 'maybe' } })).toEqual([
      ['PARAMETER_INVALID', 'parameters.more.flag', '"maybe" is neither true nor false'],
    ]);
    expect(form({ body: '{' })).toMatchObject([
      ['PARAMETER_INVALID', 'parameters.body', expect.stringContaining('JSON')],
    ]);
    expect(form({ when: { conditions: [{ left: 1, type: 'number', operation: 'contains' }] } })).toEqual([
      ['PARAMETER_INVALID', 'parameters.when.conditions.0.operation', '"contains" does not apply to number'],
    ]);
  });

  it('checks the syntax of expressions wherever they are, but not in code', () => {
    const expressionCheck = (text: string) =>
      text.includes('(') ? { reason: 'unclosed', position: 3 } : null;
    const bad = '={{ ( }}';
    const parameters = {
      url: bad,
      code: bad,
      rows: [{ key: bad }],
      fields: [{ name: 'a', type: 'any', value: { deep: [bad] } }],
      when: { conditions: [{ left: bad, type: 'string', operation: 'equals', right: '={{ 1 }}' }] },
      body: { a: bad },
    };
    expect(form(parameters, { expressionCheck }).map(([code, field]) => [code, field])).toEqual([
      ['EXPRESSION_SYNTAX', 'parameters.url'],
      ['EXPRESSION_SYNTAX', 'parameters.rows.0.key'],
      ['EXPRESSION_SYNTAX', 'parameters.fields.0.value.deep.0'],
      ['EXPRESSION_SYNTAX', 'parameters.when.conditions.0.left'],
      ['EXPRESSION_SYNTAX', 'parameters.body.a'],
    ]);
    const [first] = validate([{ id: 'f', type: 'form', parameters: { url: bad } }], [], { expressionCheck });
    expect(first?.message).toBe('The expression in "url" is not valid at character 3: unclosed');
  });

  it('asks for credentials of slots that are shown, and for those that are gone', () => {
    const login = (auth: string, credentials?: Record<string, string>) =>
      validate([{ id: 'l', type: 'login', parameters: { auth }, ...(credentials && { credentials }) }], [], {
        credentialExists: (id) => id === 'known',
      }).map(({ code, field }) => [code, field]);

    expect(login('none')).toEqual([]);
    expect(login('basic')).toEqual([['CREDENTIAL_REQUIRED', 'credentials.login']]);
    expect(login('basic', { login: 'known' })).toEqual([]);
    expect(login('basic', { login: 'gone' })).toEqual([['CREDENTIAL_NOT_FOUND', 'credentials.login']]);
  });

  it('leaves the parameters of disabled nodes alone', () => {
    expect(validate([{ id: 'f', type: 'form', disabled: true }])).toEqual([]);
  });
});
