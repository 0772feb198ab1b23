import type { CredentialDefinition } from '../node-kit/index.ts';
import { mongodb } from './mongodb/mongodb-credential.ts';
import { mqttCredential } from './mqtt/mqtt-credential.ts';
import { natsCredential } from './nats/nats-credential.ts';
import { postgresCredential } from './postgres/postgres-credential.ts';
import { rabbitmqCredential } from './rabbitmq/rabbitmq-credential.ts';
import { redisCredential } from './redis/redis-credential.ts';

/** Credential types of the services that nodes connect to. Drivers are not read by this. */
export const CONNECTOR_CREDENTIALS: readonly CredentialDefinition[] = [
  mongodb,
  mqttCredential,
  natsCredential,
  postgresCredential,
  rabbitmqCredential,
  redisCredential,
];
