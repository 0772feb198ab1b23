import { param, type ParametersOf } from '../../../node-kit/index.ts';

const pairs = { name: param.string({ required: true }), value: param.string() };
const BY_EXPRESSION = { pagination: ['next-url-expression', 'changed-parameters'] };
const PAGED = { pagination: ['next-url', 'page-number', 'offset', ...BY_EXPRESSION.pagination] };

export const requestParameters = {
  method: param.select({
    options: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'],
    default: 'GET',
  }),
  url: param.string({ required: true, placeholder: 'https://example.com/api' }),
  authentication: param.select({ options: ['none', 'credential'], default: 'none' }),
  queryFrom: param.select({ options: ['fields', 'json'], default: 'fields' }),
  query: param.list({ fields: pairs, visibleWhen: { queryFrom: ['fields'] } }),
  queryJson: param.json({ visibleWhen: { queryFrom: ['json'] } }),
  headersFrom: param.select({ options: ['fields', 'json'], default: 'fields' }),
  headers: param.list({ fields: pairs, visibleWhen: { headersFrom: ['fields'] } }),
  headersJson: param.json({ visibleWhen: { headersFrom: ['json'] } }),
  body: param.select({ options: ['none', 'json', 'form', 'multipart', 'text', 'binary'], default: 'none' }),
  json: param.json({ visibleWhen: { body: ['json'] } }),
  formFrom: param.select({
    options: ['fields', 'json'],
    default: 'fields',
    visibleWhen: { body: ['form'] },
  }),
  formFields: param.list({ fields: pairs, visibleWhen: { body: ['form'], formFrom: ['fields'] } }),
  formJson: param.json({ visibleWhen: { body: ['form'], formFrom: ['json'] } }),
  parts: param.list({
    visibleWhen: { body: ['multipart'] },
    fields: {
      name: param.string({ required: true }),
      kind: param.select({ options: ['text', 'binary'], default: 'text' }),
      value: param.string({ visibleWhen: { kind: ['text'] } }),
      binaryField: param.string({ default: 'data', visibleWhen: { kind: ['binary'] } }),
    },
  }),
  text: param.string({ multiline: true, visibleWhen: { body: ['text'] } }),
  contentType: param.string({ default: 'text/plain', visibleWhen: { body: ['text'] } }),
  binaryField: param.string({ default: 'data', required: true, visibleWhen: { body: ['binary'] } }),
  response: param.select({ options: ['auto', 'json', 'text', 'file'], default: 'auto' }),
  outputField: param.string({ default: 'data', visibleWhen: { response: ['auto', 'file', 'text'] } }),
  pagination: param.select({
    options: ['none', 'next-url', 'page-number', 'offset', 'next-url-expression', 'changed-parameters'],
    default: 'none',
  }),
  nextUrlField: param.string({ default: 'next', required: true, visibleWhen: { pagination: ['next-url'] } }),
  pageParameter: param.string({
    default: 'page',
    required: true,
    visibleWhen: { pagination: ['page-number'] },
  }),
  firstPage: param.number({ default: 1, integer: true, visibleWhen: { pagination: ['page-number'] } }),
  offsetParameter: param.string({
    default: 'offset',
    required: true,
    visibleWhen: { pagination: ['offset'] },
  }),
  limitParameter: param.string({ default: 'limit', visibleWhen: { pagination: ['offset'] } }),
  pageSize: param.number({ default: 100, min: 1, integer: true, visibleWhen: { pagination: ['offset'] } }),
  itemsField: param.string({
    placeholder: 'data.items',
    visibleWhen: { pagination: ['next-url', 'page-number', 'offset'] },
  }),
  nextUrl: param.string({
    required: true,
    deferred: true,
    placeholder: '{{ $response.body.next }}',
    visibleWhen: { pagination: ['next-url-expression'] },
  }),
  pageParameters: param.list({
    min: 1,
    visibleWhen: { pagination: ['changed-parameters'] },
    fields: {
      place: param.select({ options: ['query', 'headers', 'body'], default: 'query' }),
      name: param.string({ required: true }),
      value: param.string({ required: true, deferred: true, placeholder: '{{ $pageCount + 1 }}' }),
    },
  }),
  endWhen: param.select({
    options: ['empty', 'status', 'expression'],
    default: 'empty',
    visibleWhen: BY_EXPRESSION,
  }),
  endStatuses: param.string({
    default: '404',
    required: true,
    placeholder: '404, 410',
    visibleWhen: { ...BY_EXPRESSION, endWhen: ['status'] },
  }),
  endExpression: param.string({
    required: true,
    deferred: true,
    placeholder: '{{ !$response.body.more }}',
    visibleWhen: { ...BY_EXPRESSION, endWhen: ['expression'] },
  }),
  maxPages: param.number({
    default: 100,
    min: 1,
    max: 100_000,
    integer: true,
    visibleWhen: PAGED,
  }),
  pageIntervalMs: param.number({ default: 0, min: 0, integer: true, visibleWhen: PAGED }),
  options: param.collection({
    fields: {
      fullResponse: param.boolean({ default: true }),
      textField: param.string({ default: 'body' }),
      keepFiles: param.boolean({ default: true }),
      neverFail: param.boolean({ default: true }),
      arrayFormat: param.select({ options: ['repeat', 'brackets', 'indices'], default: 'repeat' }),
      timeoutMs: param.number({ default: 300_000, min: 1, integer: true }),
      followRedirects: param.boolean({ default: true }),
      maxRedirects: param.number({ default: 20, min: 0, max: 100, integer: true }),
      proxy: param.string({ placeholder: 'http://127.0.0.1:7890' }),
      ignoreTlsErrors: param.boolean({ default: true }),
      concurrency: param.number({ default: 10, min: 1, max: 100, integer: true }),
      batchSize: param.number({ default: 50, min: 1, integer: true }),
      batchIntervalMs: param.number({ default: 1000, min: 0, integer: true }),
    },
  }),
};

export type RequestSettings = ParametersOf<typeof requestParameters>;

export const DEFAULT_TIMEOUT_MS = 300_000;
export const DEFAULT_CONCURRENCY = 10;
