export { API_BASE_PATH, client, isDesktop } from './client.ts';
export { readApiKey, storeApiKey } from './api-key.ts';
export { apiErrorCode, describeApiError } from './describe-api-error.ts';
export { type ConnectionState } from './follow-events.ts';
export { onSignedOut } from './signed-out.ts';
export { connectEngineEvents, connectionState, useEngineEvents } from './use-engine-events.ts';
export { useCursorPages } from './use-cursor-pages.ts';
export { useDebounced } from './use-debounced.ts';
export { useNodeTypes } from './use-node-types.ts';
