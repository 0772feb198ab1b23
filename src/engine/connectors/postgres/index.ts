export { usePostgres } from './connector.ts';
export { postgresDialect } from './dialect.ts';
export { listenToChannels } from './listen.ts';
