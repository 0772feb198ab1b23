import type { CredentialDefinition } from '../node-kit/index.ts';
import { ftpCredential } from './ftp/ftp-credential.ts';
import { imapCredential } from './mail/imap-credential.ts';
import { smtpCredential } from './mail/smtp-credential.ts';
import { mongodb } from './mongodb/mongodb-credential.ts';
import { mssqlCredential } from './mssql/mssql-credential.ts';
import { mysqlCredential } from './mysql/mysql-credential.ts';
import { mqttCredential } from './mqtt/mqtt-credential.ts';
import { natsCredential } from './nats/nats-credential.ts';
import { postgresCredential } from './postgres/postgres-credential.ts';
import { rabbitmqCredential } from './rabbitmq/rabbitmq-credential.ts';
import { redisCredential } from './redis/redis-credential.ts';
import { sshCredential } from './ssh/ssh-credential.ts';

/** Credential types of the services that nodes connect to. Drivers are not read by this. */
export const CONNECTOR_CREDENTIALS: readonly CredentialDefinition[] = [
  ftpCredential,
  imapCredential,
  mongodb,
  mssqlCredential,
  mysqlCredential,
  mqttCredential,
  natsCredential,
  postgresCredential,
  rabbitmqCredential,
  redisCredential,
  sshCredential,
  smtpCredential,
];
