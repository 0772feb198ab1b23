import { oc } from '@orpc/contract';
import { z } from 'zod';
import { OpenApiList, OpenApiMethod, OpenApiOperation, OpenApiValues } from '../schemas/openapi.ts';

const tags = ['OpenAPI documents'];
const address = z.url({ protocol: /^https?$/ });

export const openApiProcedures = {
  /** The text at a web address, fetched by the engine within its rules about addresses. */
  fetch: oc
    .route({ method: 'POST', path: '/openapi-documents/fetch', tags })
    .input(z.object({ url: address }))
    .output(z.object({ text: z.string() })),
  /** The operations in a document of OpenAPI 3 or Swagger 2.0, JSON or YAML, in its own order. */
  operations: oc
    .route({ method: 'POST', path: '/openapi-documents/operations', tags })
    .input(z.object({ text: z.string() }))
    .output(OpenApiList),
  /** One of them, as a form is drawn from it. `url` is where the document came from: addresses may be relative to it. */
  operation: oc
    .route({ method: 'POST', path: '/openapi-documents/operation', tags })
    .input(z.object({ text: z.string(), method: OpenApiMethod, path: z.string(), url: address.optional() }))
    .output(OpenApiOperation),
  /** The parameters of an HTTP Request node that calls it. Refused with OPENAPI_VALUE_MISSING, OPENAPI_VALUE_INVALID. */
  node: oc
    .route({ method: 'POST', path: '/openapi-documents/node', tags })
    .input(z.object({ operation: OpenApiOperation, server: z.string(), values: OpenApiValues }))
    .output(z.object({ parameters: z.record(z.string(), z.unknown()) })),
};
