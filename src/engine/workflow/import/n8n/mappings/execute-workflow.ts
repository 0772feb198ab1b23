import type { NodeMapping, SourceNode } from '../mapping.ts';

export const executeWorkflow: NodeMapping = {
  from: ['executeWorkflow'],
  map(source) {
    const { parameters } = source;
    if (!['database', 'parameter'].includes(parameters.text('source', 'database'))) {
      source.note('unsupported', 'NODE_VERSION_UNSUPPORTED', {
        type: 'executeWorkflow',
        operation: parameters.text('source'),
      });
      return null;
    }
    const reference = parameters.take('workflowId', '');
    const chosen = reference as { value?: unknown; cachedResultName?: unknown } | string | null;
    const id = typeof chosen === 'object' && chosen !== null ? chosen.value : chosen;
    const name = typeof chosen === 'object' && chosen !== null ? chosen.cachedResultName : undefined;
    source.note('to-do', 'WORKFLOW_TO_CHOOSE', { workflow: name ?? id ?? '' });
    return {
      type: 'execute-workflow',
      parameters: {
        workflow: typeof id === 'string' && id.startsWith('=') ? id : '',
        mode: source.choose('mode', { once: 'once', each: 'each-item' }, 'once'),
        wait: parameters.child('options').flag('waitForSubWorkflow', true),
        ...sentFields(source),
      },
    };
  },
};

const TYPES = {
  any: 'any',
  string: 'string',
  number: 'number',
  boolean: 'boolean',
  array: 'array',
  object: 'object',
};

/** Fields that the caller fills in; with none of them n8n passes items as they are. */
function sentFields({ parameters }: SourceNode): Record<string, unknown> {
  const inputs = parameters.child('workflowInputs');
  const convert = inputs.flag('attemptToConvertTypes') === true;
  const schema = inputs.take('schema', []) as Array<{ id?: unknown; type?: unknown }>;
  const values = Object.entries(inputs.child('value').takeAll());
  inputs.takeAll();
  if (values.length === 0) return {};
  const typeOf = (name: string) => String(schema.find(({ id }) => id === name)?.type ?? 'any');
  const fields = values.map(([name, value]) => ({
    name,
    type: convert && Object.hasOwn(TYPES, typeOf(name)) ? typeOf(name) : 'any',
    value,
  }));
  return { send: 'fields', fields };
}

export const executeWorkflowTrigger: NodeMapping = {
  from: ['executeWorkflowTrigger'],
  map(source) {
    const { parameters } = source;
    const accepted = source.version < 1.1 ? 'passthrough' : parameters.text('inputSource', 'workflowInputs');
    parameters.ignore('inputSource', 'notice', 'events', 'outdatedVersionWarning');
    const example = parameters.take('jsonExample', '{}');
    const rows = parameters.rows('workflowInputs', 'values');
    const declared =
      accepted === 'jsonExample'
        ? fieldsOf(example)
        : rows.map((row) => ({
            name: row.text('name'),
            type: source.choose('type', TYPES, 'string', row),
          }));
    const fields = declared.filter(({ name }) => name !== '');
    return {
      type: 'sub-workflow-trigger',
      parameters: accepted === 'passthrough' || fields.length === 0 ? {} : { accepts: 'fields', fields },
    };
  },
};

/** The fields of an example, with the types that its values have. */
function fieldsOf(example: unknown): Array<{ name: string; type: string }> {
  let value: unknown = example;
  try {
    if (typeof example === 'string') value = JSON.parse(example);
  } catch {
    return [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([name, entry]) => ({
    name,
    type: entry === null ? 'any' : Array.isArray(entry) ? 'array' : typeof entry,
  }));
}
