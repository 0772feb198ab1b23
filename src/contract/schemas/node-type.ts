import { z } from 'zod';
import { PortKind } from './workflow.ts';

/** Shown only while every named parameter has one of the listed values. */
export const VisibleWhen = z.record(z.string(), z.array(z.union([z.string(), z.number(), z.boolean()])));
export type VisibleWhen = z.infer<typeof VisibleWhen>;

const base = {
  name: z.string(),
  required: z.boolean().optional(),
  /** May hold `={{ … }}`; true when absent. */
  expression: z.boolean().optional(),
  /** Its expressions are evaluated by the node, when it has what they look at; a text then. */
  deferred: z.boolean().optional(),
  visibleWhen: VisibleWhen.optional(),
  /** Kept with the node, but no field of its form. */
  hidden: z.boolean().optional(),
  default: z.unknown().optional(),
};

export type ParameterDescription = {
  name: string;
  required?: boolean;
  expression?: boolean;
  deferred?: boolean;
  visibleWhen?: VisibleWhen;
  hidden?: boolean;
  default?: unknown;
} & (
  | { kind: 'string'; multiline?: boolean; placeholder?: string }
  | { kind: 'number'; min?: number; max?: number; integer?: boolean }
  | { kind: 'boolean' }
  | { kind: 'select'; options: Array<string | number> }
  | { kind: 'multi-select'; options: string[] }
  | { kind: 'json' }
  | { kind: 'code'; language: 'javascript' | 'python' | 'rust' | 'json' | 'html' | 'sql' | 'text' }
  | { kind: 'cron' }
  | { kind: 'workflow' }
  | { kind: 'data-table' }
  | { kind: 'data-column' }
  | { kind: 'assignments' }
  | { kind: 'conditions' }
  | { kind: 'list'; fields: ParameterDescription[]; min?: number; max?: number }
  | { kind: 'collection'; fields: ParameterDescription[] }
);

/**
 * Plain data a form is drawn from.
 *
 * - `list`: value is an array of objects, one per row, with the given fields.
 * - `collection`: value is one object; each field is optional and added on demand.
 * - `assignments`: value is `Assignment[]`; `conditions`: value is `ConditionSet`.
 * - `workflow`: value is the id of a workflow.
 * - `data-table`: value is the id of a data table, `data-column` the name of a column of the one in parameter `table`.
 */
export const ParameterDescription: z.ZodType<ParameterDescription> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({
      ...base,
      kind: z.literal('string'),
      multiline: z.boolean().optional(),
      placeholder: z.string().optional(),
    }),
    z.object({
      ...base,
      kind: z.literal('number'),
      min: z.number().optional(),
      max: z.number().optional(),
      integer: z.boolean().optional(),
    }),
    z.object({ ...base, kind: z.literal('boolean') }),
    z.object({ ...base, kind: z.literal('select'), options: z.array(z.union([z.string(), z.number()])) }),
    z.object({ ...base, kind: z.literal('multi-select'), options: z.array(z.string()) }),
    z.object({ ...base, kind: z.literal('json') }),
    z.object({
      ...base,
      kind: z.literal('code'),
      language: z.enum(['javascript', 'python', 'rust', 'json', 'html', 'sql', 'text']),
    }),
    z.object({ ...base, kind: z.literal('cron') }),
    z.object({ ...base, kind: z.literal('workflow') }),
    z.object({ ...base, kind: z.literal('data-table') }),
    z.object({ ...base, kind: z.literal('data-column') }),
    z.object({ ...base, kind: z.literal('assignments') }),
    z.object({ ...base, kind: z.literal('conditions') }),
    z.object({
      ...base,
      kind: z.literal('list'),
      fields: z.array(ParameterDescription),
      min: z.number().optional(),
      max: z.number().optional(),
    }),
    z.object({ ...base, kind: z.literal('collection'), fields: z.array(ParameterDescription) }),
  ]),
) as unknown as z.ZodType<ParameterDescription>;

/** One row of a `assignments` parameter: a dotted target path, the type to give the value, the value or expression. */
export const Assignment = z.object({
  name: z.string(),
  type: z.enum(['string', 'number', 'boolean', 'array', 'object', 'any']).default('any'),
  value: z.unknown(),
});
export type Assignment = z.infer<typeof Assignment>;

export const ConditionType = z.enum(['string', 'number', 'boolean', 'date-time', 'array', 'object']);
export type ConditionType = z.infer<typeof ConditionType>;

export const CONDITION_OPERATIONS = {
  string: [
    'equals',
    'not-equals',
    'contains',
    'not-contains',
    'starts-with',
    'not-starts-with',
    'ends-with',
    'not-ends-with',
    'matches',
    'not-matches',
    'empty',
    'not-empty',
    'exists',
    'not-exists',
  ],
  number: [
    'equals',
    'not-equals',
    'greater',
    'less',
    'greater-or-equal',
    'less-or-equal',
    'empty',
    'not-empty',
    'exists',
    'not-exists',
  ],
  boolean: ['is-true', 'is-false', 'equals', 'not-equals', 'empty', 'not-empty', 'exists', 'not-exists'],
  'date-time': [
    'equals',
    'not-equals',
    'after',
    'before',
    'after-or-equal',
    'before-or-equal',
    'empty',
    'not-empty',
    'exists',
    'not-exists',
  ],
  array: [
    'contains',
    'not-contains',
    'length-equals',
    'length-not-equals',
    'length-greater',
    'length-less',
    'length-greater-or-equal',
    'length-less-or-equal',
    'empty',
    'not-empty',
    'exists',
    'not-exists',
  ],
  object: ['empty', 'not-empty', 'exists', 'not-exists'],
} as const satisfies Record<ConditionType, readonly string[]>;

/** Operations that look at the left side only. */
export const UNARY_OPERATIONS: readonly string[] = [
  'is-true',
  'is-false',
  'empty',
  'not-empty',
  'exists',
  'not-exists',
];

export const Condition = z.object({
  left: z.unknown(),
  type: ConditionType,
  operation: z.string(),
  right: z.unknown().optional(),
});
export type Condition = z.infer<typeof Condition>;

/** Value of a `conditions` parameter. `loose` converts both sides to the condition's type first. */
export const ConditionSet = z.object({
  combinator: z.enum(['and', 'or']).default('and'),
  conditions: z.array(Condition).default([]),
  caseSensitive: z.boolean().default(true),
  loose: z.boolean().default(false),
});
export type ConditionSet = z.infer<typeof ConditionSet>;

/**
 * A port of a node type. With `repeat` it stands for as many ports as the parameter at that dotted path asks for: a number, or
 * one per row of a list (whose `label` field names it). With `visibleWhen` it is there only while that holds.
 */
export const PortDescription = z.object({
  kind: PortKind.default('main'),
  /** Key of the port's text in the node type's locale files. */
  name: z.string(),
  repeat: z.object({ parameter: z.string(), label: z.string().optional() }).optional(),
  visibleWhen: VisibleWhen.optional(),
  required: z.boolean().optional(),
});
export type PortDescription = z.infer<typeof PortDescription>;

export const CredentialSlot = z.object({
  name: z.string(),
  /** Credential types that fit. */
  types: z.array(z.string()),
  required: z.boolean().optional(),
  visibleWhen: VisibleWhen.optional(),
});
export type CredentialSlot = z.infer<typeof CredentialSlot>;

export interface ParameterTexts {
  label: string;
  description?: string;
  placeholder?: string;
  options?: Record<string, string>;
  fields?: Record<string, ParameterTexts>;
}
export const ParameterTexts: z.ZodType<ParameterTexts> = z.lazy(() =>
  z.object({
    label: z.string(),
    description: z.string().optional(),
    placeholder: z.string().optional(),
    /** Option value to what users read. */
    options: z.record(z.string(), z.string()).optional(),
    fields: z.record(z.string(), ParameterTexts).optional(),
  }),
);

/** The content of a node folder's `locales/<language>.json`. */
export const NodeTypeTexts = z.object({
  name: z.string(),
  description: z.string(),
  ports: z.record(z.string(), z.string()).optional(),
  parameters: z.record(z.string(), ParameterTexts).optional(),
  credentials: z.record(z.string(), z.string()).optional(),
});
export type NodeTypeTexts = z.infer<typeof NodeTypeTexts>;

export const NODE_GROUPS = [
  'trigger',
  'logic',
  'data',
  'http',
  'database',
  'messaging',
  'files',
  'ai',
  'platforms',
  'core',
] as const;
export const NodeGroup = z.enum(NODE_GROUPS);
export type NodeGroup = z.infer<typeof NodeGroup>;

export const NodeTypeDescription = z.object({
  type: z.string(),
  version: z.number(),
  group: NodeGroup,
  trigger: z.boolean(),
  /** Waits for calls at the address that its parameter `path` says. */
  webhook: z.boolean().optional(),
  /** Listens to something outside; one message can be waited for in the editor. */
  listener: z.boolean().optional(),
  /** Starts its workflow at times that can be told ahead. */
  schedule: z.boolean().optional(),
  /** Shows a form at the address that its parameter `path` says. */
  form: z.boolean().optional(),
  /** Shows pages to whoever began the execution with a form. */
  showsPages: z.boolean().optional(),
  /** Part of documents, but nothing to add from the palette. */
  hidden: z.boolean().optional(),
  /** SVG source. */
  icon: z.string(),
  inputs: z.array(PortDescription),
  outputs: z.array(PortDescription),
  parameters: z.array(ParameterDescription),
  credentials: z.array(CredentialSlot),
  /** Further words the palette's search finds it by. */
  aliases: z.array(z.string()),
  texts: z.object({ en: NodeTypeTexts, 'zh-CN': NodeTypeTexts }),
});
export type NodeTypeDescription = z.infer<typeof NodeTypeDescription>;
