export { usePostgres } from './connector.ts';
export { listenToChannels } from './listen.ts';
