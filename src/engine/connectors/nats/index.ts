export { connectNats, flush, useNats, type NatsConnection, type Publisher } from './connector.ts';
export { natsFailure } from './failure.ts';
export { fromHeaders, toHeaders } from './headers.ts';
