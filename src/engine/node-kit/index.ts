export {
  authenticateHeaders,
  basicAuthorization,
  HEADER_CREDENTIALS,
  setHeader,
  type RevealedCredential,
} from './authenticate-headers.ts';
export { matchesConditions } from './conditions.ts';
export type { Connections, Connector } from './connections.ts';
export { defineCredential, type CredentialDefinition, type CredentialTestContext } from './credential.ts';
export type { ListenContext, Listener } from './listener.ts';
export type {
  BinaryStore,
  CodeRequest,
  CommandResult,
  ExecuteContext,
  Task,
  TextPiece,
  WebhookResponse,
} from './context.ts';
export type { DataChange, DataTables } from './data-tables.ts';
export { toMillis } from './date-values.ts';
export { defineNode, defineTrigger, MAIN_PORT, type Effect, type NodeDefinition } from './definition.ts';
export { formPage, formPageParameters, type FormField, type FormPage } from './form.ts';
export { hasRoomFor, LONGEST_MARK_KEY, MOST_MARKS, withMark } from './marks.ts';
export type { ClientCertificate, HttpClient, HttpRequest, HttpResponse } from './http-client.ts';
export { omitFields, pickFields } from './select-fields.ts';
export { EMPTY_ITEM_LIST, itemListOf, joinLists, type ItemList } from './item-list.ts';
export {
  derive,
  toPorts,
  waitForCall,
  waitUntil,
  type NodeOutput,
  type PortItems,
  type WaitRequest,
} from './output.ts';
export {
  describeParameters,
  param,
  type Parameter,
  type ParameterMap,
  type ParametersOf,
} from './parameters.ts';
export { readerFor, Unfit } from './parameter-values.ts';
export { parseParameters } from './parse-parameters.ts';
export { deletePath, getPath, getSegments, parsePath, setPath, type PathSegment } from './paths.ts';
export { jwtKey } from './jwt-key.ts';
export {
  errorItem,
  runPerItem,
  type PerItemPorts,
  type PerItemResult,
  type UnitLedger,
  type UnitOutcome,
} from './per-item.ts';
export {
  HTTP_METHODS,
  SIGNED_AUTHENTICATIONS,
  MISSED_SLOTS,
  type FormAnswer,
  type FormDeclaration,
  type HttpMethod,
  type MissedSlots,
  type DeduplicateDeclaration,
  type RateLimit,
  type SignatureDeclaration,
  type SignedAuthentication,
  type ScheduleDeclaration,
  type TriggerDeclaration,
  type WebhookDeclaration,
} from './trigger.ts';
export type { ResumeDeclaration, ResumeWebhook } from './resume.ts';
export type { ParameterUpgrades, StoredParameters } from './upgrades.ts';
export { isEngineError, messageOf, NodeError } from '../kernel/index.ts';
export { TLS_REASONS } from './tls-reasons.ts';
export { toFieldType } from './to-field-type.ts';
export { safeUrl } from './safe-url.ts';
export { baseName, mimeTypeOf } from './file-names.ts';
export type { LocalFile, LocalFiles } from './local-files.ts';
export { replacePattern } from './test-pattern.ts';
