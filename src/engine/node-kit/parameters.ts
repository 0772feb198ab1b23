import type { Assignment, ConditionSet, ParameterDescription, VisibleWhen } from '../../contract/index.ts';

type WithoutName<D> = D extends unknown ? Omit<D, 'name'> : never;

/** A parameter of a node type: its plain description, and the TypeScript type of its resolved value. */
export interface Parameter<T> {
  readonly description: WithoutName<ParameterDescription>;
  /** Never set; carries the type. */
  readonly type?: T;
}
export type ParameterMap = Record<string, Parameter<unknown>>;
export type ParametersOf<M extends ParameterMap> = {
  [K in keyof M]: M[K] extends Parameter<infer T> ? T : never;
};

interface Common {
  required?: boolean;
  /** false: the value is never read as an expression. */
  expression?: boolean;
  /** Read as it was written: the node evaluates it with `context.resolve`, once for every page of an answer. */
  deferred?: boolean;
  visibleWhen?: VisibleWhen;
  /** Kept with the node, but no field of its form. */
  hidden?: boolean;
}

const make = <T>(description: WithoutName<ParameterDescription>): Parameter<T> => ({ description });

/** Builders for the parameters of a node type, one per kind of form field. */
export const param = {
  string: (options: Common & { default?: string; multiline?: boolean; placeholder?: string } = {}) =>
    make<string>({ kind: 'string', default: '', ...options }),
  number: (options: Common & { default?: number; min?: number; max?: number; integer?: boolean } = {}) =>
    make<number>({ kind: 'number', ...options }),
  boolean: (options: Common & { default?: boolean } = {}) =>
    make<boolean>({ kind: 'boolean', default: false, ...options }),
  select: <const O extends readonly (string | number)[]>(
    options: Common & { options: O; default: O[number] },
  ) => make<O[number]>({ kind: 'select', ...options, options: [...options.options] }),
  multiSelect: <const O extends readonly string[]>(
    options: Common & { options: O; default?: Array<O[number]> },
  ) =>
    make<Array<O[number]>>({ kind: 'multi-select', default: [], ...options, options: [...options.options] }),
  /** A JSON value; text is parsed. */
  json: (options: Common & { default?: unknown } = {}) =>
    make<unknown>({ kind: 'json', default: {}, ...options }),
  code: (
    options: Common & {
      language: 'javascript' | 'python' | 'rust' | 'json' | 'html' | 'sql' | 'text';
      default?: string;
    },
  ) => make<string>({ kind: 'code', default: '', expression: false, ...options }),
  cron: (options: Common & { default?: string } = {}) =>
    make<string>({ kind: 'cron', default: '', expression: false, ...options }),
  /** The id of a workflow. */
  workflow: (options: Common = {}) => make<string>({ kind: 'workflow', default: '', ...options }),
  /** The id of a data table. */
  dataTable: (options: Common = {}) => make<string>({ kind: 'data-table', default: '', ...options }),
  /** The name of a column of the table that the node's parameter `table` names. */
  dataColumn: (options: Common = {}) => make<string>({ kind: 'data-column', default: '', ...options }),
  assignments: (options: Common = {}) => make<Assignment[]>({ kind: 'assignments', default: [], ...options }),
  conditions: (options: Common = {}) =>
    make<ConditionSet>({ kind: 'conditions', default: { combinator: 'and', conditions: [] }, ...options }),
  /** Rows of the same fields. */
  list: <F extends ParameterMap>(
    options: Common & { fields: F; min?: number; max?: number; default?: Array<Partial<ParametersOf<F>>> },
  ) =>
    make<Array<ParametersOf<F>>>({
      kind: 'list',
      default: [],
      ...options,
      fields: describeParameters(options.fields),
    }),
  /** Fields that a user adds when needed; all of them may be absent. */
  collection: <F extends ParameterMap>(options: Common & { fields: F }) =>
    make<Partial<ParametersOf<F>>>({
      kind: 'collection',
      default: {},
      ...options,
      fields: describeParameters(options.fields),
    }),
};

export function describeParameters(parameters: ParameterMap): ParameterDescription[] {
  return Object.entries(parameters).map(
    ([name, { description }]) => ({ ...description, name }) as ParameterDescription,
  );
}
