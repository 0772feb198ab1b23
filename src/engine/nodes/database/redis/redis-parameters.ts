import { param, type ParametersOf } from '../../../node-kit/index.ts';

const on = (...operation: string[]) => ({ operation });

export const REDIS_OPERATIONS = [
  ...(['get', 'set', 'delete', 'increment', 'keys'] as const),
  ...(['hash-get', 'hash-set', 'list-push', 'list-pop', 'list-range'] as const),
  ...(['publish', 'stream-add', 'command'] as const),
] as const;

export const redisParameters = {
  operation: param.select({ options: REDIS_OPERATIONS, default: 'get', expression: false }),
  key: param.string({
    required: true,
    visibleWhen: on(
      ...['get', 'set', 'delete', 'increment', 'hash-get', 'hash-set'],
      ...['list-push', 'list-pop', 'list-range', 'stream-add'],
    ),
  }),
  value: param.string({ multiline: true, visibleWhen: on('set', 'list-push', 'publish') }),
  by: param.number({ default: 1, integer: true, visibleWhen: on('increment') }),
  pattern: param.string({ default: '*', required: true, visibleWhen: on('keys') }),
  most: param.number({ default: 1000, min: 1, integer: true, visibleWhen: on('keys') }),
  fields: param.list({
    fields: { name: param.string({ required: true }), value: param.string() },
    visibleWhen: on('hash-set', 'stream-add'),
  }),
  end: param.select({
    options: ['left', 'right'],
    default: 'right',
    visibleWhen: on('list-push', 'list-pop'),
  }),
  from: param.number({ default: 0, integer: true, visibleWhen: on('list-range') }),
  to: param.number({ default: -1, integer: true, visibleWhen: on('list-range') }),
  channel: param.string({ required: true, visibleWhen: on('publish') }),
  maxLength: param.number({ default: 0, min: 0, integer: true, visibleWhen: on('stream-add') }),
  command: param.string({
    required: true,
    placeholder: 'ZADD',
    visibleWhen: on('command'),
  }),
  values: param.json({ default: [], visibleWhen: on('command') }),
  expiresSeconds: param.number({ default: 0, min: 0, integer: true, visibleWhen: on('set') }),
  onlyIf: param.select({
    options: ['always', 'missing', 'present'],
    default: 'always',
    visibleWhen: on('set'),
  }),
  read: param.select({
    options: ['auto', 'text'],
    default: 'auto',
    visibleWhen: on('get', 'hash-get', 'list-pop', 'list-range'),
  }),
  outputField: param.string({ default: 'value', required: true }),
};

export type RedisSettings = ParametersOf<typeof redisParameters>;
