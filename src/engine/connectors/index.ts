import type { CredentialDefinition } from '../node-kit/index.ts';
import { imapCredential } from './mail/imap-credential.ts';
import { smtpCredential } from './mail/smtp-credential.ts';
import { mongodb } from './mongodb/mongodb-credential.ts';
import { postgresCredential } from './postgres/postgres-credential.ts';
import { rabbitmqCredential } from './rabbitmq/rabbitmq-credential.ts';
import { redisCredential } from './redis/redis-credential.ts';

/** Credential types of the services that nodes connect to. Drivers are not read by this. */
export const CONNECTOR_CREDENTIALS: readonly CredentialDefinition[] = [
  imapCredential,
  mongodb,
  postgresCredential,
  rabbitmqCredential,
  redisCredential,
  smtpCredential,
];
