import { param, type ParametersOf } from '../../../node-kit/index.ts';

const pairs = { name: param.string({ required: true }), value: param.string() };

export const requestParameters = {
  method: param.select({
    options: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'],
    default: 'GET',
  }),
  url: param.string({ required: true, placeholder: 'https://example.com/api' }),
  authentication: param.select({ options: ['none', 'credential'], default: 'none' }),
  query: param.list({ fields: pairs }),
  headers: param.list({ fields: pairs }),
  body: param.select({ options: ['none', 'json', 'form', 'multipart', 'text', 'binary'], default: 'none' }),
  json: param.json({ visibleWhen: { body: ['json'] } }),
  formFields: param.list({ fields: pairs, visibleWhen: { body: ['form'] } }),
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
  pagination: param.select({ options: ['none', 'next-url', 'page-number', 'offset'], default: 'none' }),
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
  maxPages: param.number({
    default: 100,
    min: 1,
    max: 100_000,
    integer: true,
    visibleWhen: { pagination: ['next-url', 'page-number', 'offset'] },
  }),
  options: param.collection({
    fields: {
      fullResponse: param.boolean({ default: true }),
      neverFail: param.boolean({ default: true }),
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
