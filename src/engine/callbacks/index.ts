export { createCallbackSender, type CallbackSender } from './callback-sender.ts';
