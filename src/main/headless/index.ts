export { serveUntilSignal } from './serve-until-signal.ts';
