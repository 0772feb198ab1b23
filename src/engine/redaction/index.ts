export { createRedaction } from './create-redaction.ts';
