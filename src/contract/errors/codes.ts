/**
 * Every failure a user can meet: the HTTP status it travels with, and whether the same call may succeed later without
 * anyone changing anything. Texts are in `texts.ts`; both are held together by a test.
 */
export const ERROR_CODES = {
  // Requests
  INPUT_INVALID: { status: 400, retryable: false },
  JSON_INVALID: { status: 400, retryable: false },
  UNAUTHORIZED: { status: 401, retryable: false },
  FORBIDDEN: { status: 403, retryable: false },
  NOT_FOUND: { status: 404, retryable: false },
  BODY_TOO_LARGE: { status: 413, retryable: false },
  INTERNAL: { status: 500, retryable: false },

  // Workflows
  WORKFLOW_NOT_FOUND: { status: 404, retryable: false },
  WORKFLOW_INVALID: { status: 422, retryable: false },
  WORKFLOW_FILE_INVALID: { status: 422, retryable: false },
  WORKFLOW_TOO_NEW: { status: 422, retryable: false },
  REVISION_STALE: { status: 409, retryable: false },
  WORKFLOW_ACTIVE: { status: 409, retryable: false },
  WORKFLOW_NOT_PUBLISHED: { status: 409, retryable: false },

  // Findings of validation
  NODE_TYPE_UNKNOWN: { status: 422, retryable: false },
  NODE_NAME_DUPLICATE: { status: 422, retryable: false },
  NODE_ID_DUPLICATE: { status: 422, retryable: false },
  CONNECTION_DANGLING: { status: 422, retryable: false },
  CONNECTION_PORT_UNKNOWN: { status: 422, retryable: false },
  CONNECTION_DUPLICATE: { status: 422, retryable: false },
  CYCLE_WITHOUT_LOOP_NODE: { status: 422, retryable: false },
  PARAMETER_REQUIRED: { status: 422, retryable: false },
  PARAMETER_UNKNOWN: { status: 422, retryable: false },
  PARAMETER_INVALID: { status: 422, retryable: false },
  CREDENTIAL_REQUIRED: { status: 422, retryable: false },
  SECRET_IN_PARAMETER: { status: 422, retryable: false },
  TRIGGER_MISSING: { status: 422, retryable: false },
  START_NODE_AMBIGUOUS: { status: 422, retryable: false },

  // Triggers
  WEBHOOK_PATH_TAKEN: { status: 409, retryable: false },
  WEBHOOK_NOT_REGISTERED: { status: 404, retryable: false },
  WEBHOOK_WORKFLOW_INACTIVE: { status: 404, retryable: false },
  WEBHOOK_METHOD_NOT_ALLOWED: { status: 405, retryable: false },
  WEBHOOK_NO_RESPONSE: { status: 500, retryable: false },
  WEBHOOK_UNAUTHORIZED: { status: 401, retryable: false },
  WEBHOOK_FORBIDDEN: { status: 403, retryable: false },
  SCHEDULE_INVALID: { status: 422, retryable: false },

  // Executions
  EXECUTION_NOT_FOUND: { status: 404, retryable: false },
  CALLBACK_NOT_FOUND: { status: 404, retryable: false },
  CALLBACK_REFUSED: { status: 502, retryable: true },
  WAIT_OVER: { status: 409, retryable: false },
  EXECUTION_FINISHED: { status: 409, retryable: false },
  EXECUTION_TIMEOUT: { status: 504, retryable: true },
  EXECUTION_INTERRUPTED: { status: 500, retryable: true },
  EXECUTION_CANCELLED: { status: 499, retryable: false },
  SUB_WORKFLOW_FAILED: { status: 500, retryable: false },
  SUB_WORKFLOW_DEPTH: { status: 500, retryable: false },

  // Nodes
  NODE_FAILED: { status: 500, retryable: false },
  NODE_TIMEOUT: { status: 504, retryable: true },
  NODE_RUN_LIMIT: { status: 500, retryable: false },
  NODE_OUTPUT_INVALID: { status: 500, retryable: false },
  CONDITION_INVALID: { status: 422, retryable: false },
  FIELD_MISSING: { status: 422, retryable: false },
  PLACEHOLDER_REACHED: { status: 422, retryable: false },
  STOPPED_BY_NODE: { status: 500, retryable: false },
  HTTP_REQUEST_FAILED: { status: 502, retryable: true },
  HTTP_STATUS: { status: 502, retryable: false },
  HTTP_TIMEOUT: { status: 504, retryable: true },
  HTTP_BLOCKED: { status: 403, retryable: false },
  HTTP_RESPONSE_INVALID: { status: 502, retryable: false },
  GRAPHQL_FAILED: { status: 502, retryable: false },
  TOKEN_INVALID: { status: 422, retryable: false },
  COMMANDS_NOT_ALLOWED: { status: 403, retryable: false },
  COMMAND_FAILED: { status: 500, retryable: false },
  COMMAND_OUTPUT_TOO_LARGE: { status: 500, retryable: false },
  FILE_FORBIDDEN: { status: 403, retryable: false },
  FILE_NOT_FOUND: { status: 404, retryable: false },
  FILE_FAILED: { status: 500, retryable: false },
  IMAGE_INVALID: { status: 422, retryable: false },
  IMAGE_TOO_LARGE: { status: 422, retryable: false },
  ARCHIVE_INVALID: { status: 422, retryable: false },
  ARCHIVE_ENCRYPTED: { status: 422, retryable: false },
  ARCHIVE_TOO_LARGE: { status: 422, retryable: false },
  ARCHIVE_TOO_MANY_FILES: { status: 422, retryable: false },
  FILE_INVALID: { status: 422, retryable: false },
  FILE_PASSWORD: { status: 422, retryable: false },
  FILE_TOO_LARGE: { status: 422, retryable: false },
  SHEET_MISSING: { status: 422, retryable: false },
  SQL_INVALID: { status: 422, retryable: false },
  TASK_MEMORY: { status: 422, retryable: false },
  TASK_TIMEOUT: { status: 422, retryable: false },
  BINARY_MISSING: { status: 422, retryable: false },

  // Expressions and code
  EXPRESSION_SYNTAX: { status: 422, retryable: false },
  EXPRESSION_FAILED: { status: 422, retryable: false },
  EXPRESSION_REFERENCE: { status: 422, retryable: false },
  CODE_FAILED: { status: 500, retryable: false },
  CODE_SYNTAX: { status: 422, retryable: false },
  CODE_OUTPUT_INVALID: { status: 500, retryable: false },
  PYTHON_MISSING: { status: 501, retryable: false },
  RUST_MISSING: { status: 501, retryable: false },
  RUST_SANDBOX_MISSING: { status: 501, retryable: false },
  RUST_INVALID: { status: 422, retryable: false },
  SANDBOX_TIMEOUT: { status: 500, retryable: false },
  SANDBOX_MEMORY: { status: 500, retryable: false },
  SANDBOX_OUTPUT_TOO_LARGE: { status: 500, retryable: false },

  // Credentials
  CREDENTIAL_NOT_FOUND: { status: 404, retryable: false },
  CREDENTIAL_TYPE_UNKNOWN: { status: 422, retryable: false },
  CREDENTIAL_INVALID: { status: 422, retryable: false },
  CREDENTIAL_IN_USE: { status: 409, retryable: false },
  CREDENTIAL_UNREADABLE: { status: 500, retryable: false },

  // Host
  DATA_FOLDER_UNWRITABLE: { status: 500, retryable: false },
  DATA_FOLDER_LOCKED: { status: 409, retryable: false },
  DATABASE_TOO_NEW: { status: 500, retryable: false },
  DATABASE_UNREACHABLE: { status: 503, retryable: true },
  PORT_IN_USE: { status: 500, retryable: false },
  HOST_NEEDS_AUTHENTICATION: { status: 500, retryable: false },
  CONFIG_INVALID: { status: 500, retryable: false },
  ENGINE_STOPPING: { status: 503, retryable: true },
} as const satisfies Record<string, { status: number; retryable: boolean }>;

export type ErrorCode = keyof typeof ERROR_CODES;

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERROR_CODES, value);
}
