export { createOpener } from './create-opener.ts';
export type { OpenCall, OpenedCall } from './signed-call.ts';
