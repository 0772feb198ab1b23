import pg from 'pg';
import { doubleQuoted } from '../sql/index.ts';
import { clientOptions } from './client-options.ts';
import { postgresFailure } from './failure.ts';

export interface PostgresNotification {
  channel: string;
  payload: string;
  /** Process id of the session that sent it, as the server numbers them. */
  processId: number;
}

/** How often the server is asked whether it is still there: a connection that a firewall dropped says nothing. */
const PROBE_MS = 30_000;

/**
 * Listens on channels over a connection of its own. `onLost` is told once when the connection is gone. Throws as a
 * connection does.
 */
export async function listenToChannels(
  settings: Readonly<Record<string, string>>,
  channels: readonly string[],
  on: { notification(notification: PostgresNotification): void; lost(error: unknown): void },
): Promise<{ close(): Promise<void> }> {
  const client = new pg.Client({ ...clientOptions(settings), keepAlive: true });
  let isClosing = false;
  const lose = (error: unknown) => {
    if (!isClosing) on.lost(postgresFailure(error, settings));
    isClosing = true;
  };
  client.on('error', lose);
  client.on('end', () => lose(new Error('Connection terminated')));
  client.on('notification', ({ channel, payload = '', processId }) =>
    on.notification({ channel, payload, processId }),
  );
  try {
    await client.connect();
    for (const channel of channels) await client.query(`listen ${doubleQuoted(channel)}`);
  } catch (error) {
    isClosing = true;
    await client.end().catch(() => undefined);
    throw postgresFailure(error, settings);
  }
  const probe = setInterval(() => client.query('select 1').catch(lose), PROBE_MS);
  return {
    async close() {
      clearInterval(probe);
      isClosing = true;
      await client.end().catch(() => undefined);
    },
  };
}
