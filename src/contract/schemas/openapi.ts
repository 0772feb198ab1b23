import { z } from 'zod';
import { ParameterDescription, ParameterTexts } from './node-type.ts';

/** Documents in MB beyond are refused. */
export const OPENAPI_LIMIT_MB = 10;

/** The methods that the HTTP node can send. */
export const OPENAPI_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;
export const OpenApiMethod = z.enum(OPENAPI_METHODS);

/** An operation as a list shows it; method and path tell it apart. */
export const OpenApiSummary = z.object({
  method: OpenApiMethod,
  path: z.string(),
  summary: z.string(),
  tags: z.array(z.string()),
  deprecated: z.boolean(),
});
export type OpenApiSummary = z.infer<typeof OpenApiSummary>;

export const OpenApiList = z.object({
  title: z.string(),
  version: z.string(),
  operations: z.array(OpenApiSummary),
});
export type OpenApiList = z.infer<typeof OpenApiList>;

export const OPENAPI_PLACES = ['path', 'query', 'header', 'cookie'] as const;

/**
 * How a value becomes text: `plain`; lists as `repeat`ed names or joined by `comma`, `space` or `pipe`; fields of objects as
 * `deep` names (`name[field]`) or `spread` as parameters of their own; `json`.
 */
export const OpenApiStyle = z.enum(['plain', 'repeat', 'comma', 'space', 'pipe', 'deep', 'spread', 'json']);
export type OpenApiStyle = z.infer<typeof OpenApiStyle>;

export const OpenApiParameter = z.object({
  place: z.enum(OPENAPI_PLACES),
  field: ParameterDescription,
  texts: ParameterTexts,
  style: OpenApiStyle,
});
export type OpenApiParameter = z.infer<typeof OpenApiParameter>;

export const OpenApiBody = z.object({
  kind: z.enum(['json', 'form', 'multipart', 'text', 'binary']),
  contentType: z.string(),
  required: z.boolean(),
  /** The body is the value of its only field, rather than an object of all fields. */
  whole: z.boolean(),
  fields: z.array(ParameterDescription),
  texts: z.record(z.string(), ParameterTexts),
  /** Names of the fields of a `multipart` body that hold a file. */
  files: z.array(z.string()),
});
export type OpenApiBody = z.infer<typeof OpenApiBody>;

/** A security scheme, and the credential type that fits it; null when none does. */
export const OpenApiScheme = z.object({ name: z.string(), credentialType: z.string().nullable() });
export type OpenApiScheme = z.infer<typeof OpenApiScheme>;

/** Everything a form for one operation is drawn from, and its node is built from. */
export const OpenApiOperation = z.object({
  method: OpenApiMethod,
  path: z.string(),
  summary: z.string(),
  description: z.string(),
  /** Whole addresses without a trailing slash; empty when the document names none. */
  servers: z.array(z.string()),
  parameters: z.array(OpenApiParameter),
  body: OpenApiBody.nullable(),
  /** Each entry is a way to be let in: all of its schemes together. An empty list: no secret is asked for. */
  security: z.array(z.array(OpenApiScheme)),
});
export type OpenApiOperation = z.infer<typeof OpenApiOperation>;

/** What a person filled in, by place and name. Texts that begin with `=` are expressions. */
export const OpenApiValues = z.partialRecord(
  z.enum([...OPENAPI_PLACES, 'body']),
  z.record(z.string(), z.unknown()),
);
export type OpenApiValues = z.infer<typeof OpenApiValues>;
