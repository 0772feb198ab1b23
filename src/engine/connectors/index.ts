import type { CredentialDefinition } from '../node-kit/index.ts';
import { mongodb } from './mongodb/mongodb-credential.ts';

/** Credential types of the services that nodes connect to. Drivers are not read by this. */
export const CONNECTOR_CREDENTIALS: readonly CredentialDefinition[] = [mongodb];
