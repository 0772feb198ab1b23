export type { Frame, FromEngine, ToEngine } from './messages.ts';
export { bytesOf, PacedSender } from './paced-sender.ts';
