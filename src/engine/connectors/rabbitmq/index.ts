export { connectRabbitmq, useRabbitmq } from './connector.ts';
export { rabbitmqFailure } from './failure.ts';
