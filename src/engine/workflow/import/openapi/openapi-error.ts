import { EngineError, type NodeErrorFacts } from '../../../kernel/index.ts';

type OpenApiErrorCode =
  | 'OPENAPI_SYNTAX'
  | 'OPENAPI_VERSION'
  | 'OPENAPI_STRUCTURE'
  | 'OPENAPI_REFERENCE'
  | 'OPENAPI_TOO_LARGE'
  | 'OPENAPI_OPERATION_MISSING'
  | 'OPENAPI_VALUE_MISSING'
  | 'OPENAPI_VALUE_INVALID';

export function openApiError(code: OpenApiErrorCode, facts: NodeErrorFacts): EngineError {
  return new EngineError(code, facts);
}
