export { contract, type Contract } from './procedures/index.ts';
export type { ExecutionFilterInput } from './procedures/executions.ts';
export { ERROR_CODES, isErrorCode, type ErrorCode } from './errors/codes.ts';
export { executionErrorText } from './errors/execution-error-text.ts';
export { describeError, LOCALES, pickLocale, type Locale } from './errors/texts.ts';
export { visibleFields } from './credential-fields.ts';
export { ERROR_PORT, isVisible, resolvePorts, withDefaults, type ResolvedPort } from './ports.ts';
export { describeImport } from './import-report/describe-import.ts';
export type { ImportCode } from './import-report/texts.en.ts';
export { renameNode } from './rename-node.ts';
export { Callback, CallbackStatus } from './schemas/callback.ts';
export {
  CredentialField,
  CredentialSummary,
  CredentialTypeDescription,
  CredentialUse,
} from './schemas/credential.ts';
export {
  DATA_COLUMN_TYPES,
  DATA_OPERATIONS,
  DataColumn,
  DataColumnType,
  DataFilter,
  DataRow,
  DataSort,
  DataTable,
  DataValues,
  NewDataColumn,
  SYSTEM_COLUMNS,
} from './schemas/data-table.ts';
export { EngineEvent } from './schemas/event.ts';
export {
  ConsoleLine,
  ExecutionDetail,
  ExecutionError,
  EffectDecision,
  ExecutionMarks,
  ExecutionMode,
  ExecutionStatus,
  ExecutionSummary,
  InputSource,
  NodeRun,
  NodeRunStatus,
  NodeRunSummary,
  RetryMismatch,
  RetryVersion,
  UndecidedRun,
} from './schemas/execution.ts';
export { ImportedNode, ImportFinding, ImportReport } from './schemas/import-report.ts';
export { BinaryReference, Item, PairedItem } from './schemas/item.ts';
export {
  Assignment,
  Condition,
  CONDITION_OPERATIONS,
  ConditionSet,
  ConditionType,
  CredentialSlot,
  NODE_GROUPS,
  NodeGroup,
  NodeTypeDescription,
  NodeTypeTexts,
  ParameterDescription,
  ParameterTexts,
  PortDescription,
  UNARY_OPERATIONS,
  VisibleWhen,
} from './schemas/node-type.ts';
export {
  OPENAPI_LIMIT_MB,
  OPENAPI_METHODS,
  OPENAPI_PLACES,
  OpenApiBody,
  OpenApiList,
  OpenApiOperation,
  OpenApiParameter,
  OpenApiScheme,
  OpenApiStyle,
  OpenApiSummary,
  OpenApiValues,
} from './schemas/openapi.ts';
export { TriggerStatus } from './schemas/trigger-status.ts';
export { VersionKind, WorkflowVersion, WorkflowVersionDetail } from './schemas/version.ts';
export {
  ConnectionChange,
  FieldChange,
  NodeChange,
  TextHunk,
  WorkflowComparison,
  WorkflowDiff,
} from './schemas/workflow-diff.ts';
export { diffValues, pathText } from './diff-values.ts';
export {
  DEFAULT_RETENTION,
  PruneProgress,
  RestoreAnswer,
  RetentionSettings,
  StorageUsage,
} from './schemas/storage.ts';
export {
  Connection,
  OnError,
  PORT_KINDS,
  PortAddress,
  PortKind,
  Retry,
  WORKFLOW_SCHEMA_VERSION,
  WorkflowDetail,
  WorkflowDocument,
  WorkflowNode,
  WorkflowProblem,
  WorkflowSettings,
  WorkflowSummary,
  type WorkflowDocumentInput,
  WorkflowFileFormat,
} from './schemas/workflow.ts';
export { fillText } from './fill-text.ts';
export { Notification, NotificationKind } from './schemas/notification.ts';
export { ApprovalDecision, ApprovalText, PendingItem, PendingKind } from './schemas/pending.ts';
export { noteBlocks, type NoteBlock } from './note-text.ts';
export { wiresInto, workOf } from './same-work.ts';
