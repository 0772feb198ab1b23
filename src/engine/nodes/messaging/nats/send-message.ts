import { setImmediate } from 'node:timers/promises';
import { jetstream } from '@nats-io/jetstream';
import type { BinaryReference, Item } from '../../../../contract/index.ts';
import { readContent } from '../../../connectors/messages/index.ts';
import { fromHeaders, toHeaders, type Publisher } from '../../../connectors/nats/index.ts';
import type { BinaryStore } from '../../../node-kit/index.ts';
import type { NatsSettings } from './nats-parameters.ts';

/** What is added to the item of the message. */
interface Added {
  json: Item['json'];
  binary?: Record<string, BinaryReference>;
}

/**
 * Publishes a message and resolves once the server has read it, a stream has stored it, or somebody has answered it. Throws
 * what the driver throws.
 */
export async function sendMessage(
  { connection, refusals }: Publisher,
  settings: NatsSettings,
  { bytes, messageId, store }: { bytes: Uint8Array; messageId: string; store: BinaryStore },
): Promise<Added> {
  const { operation, subject, timeoutMs: timeout, outputField } = settings;
  const headers = toHeaders(settings.headers);
  const withHeaders = headers && { headers };
  switch (operation) {
    case 'publish':
      connection.publish(subject, bytes, withHeaders);
      await connection.flush();
      // A refusal has come by now, and is told in this turn.
      await setImmediate();
      refusals.check(subject);
      return { json: {} };
    case 'stream-publish': {
      const { stream, seq, duplicate } = await jetstream(connection).publish(subject, bytes, {
        ...withHeaders,
        msgID: settings.messageId || messageId,
        timeout,
        ...(settings.expectStream && { expect: { streamName: settings.expectStream } }),
      });
      return { json: { [outputField]: { stream, sequence: seq, duplicate } } };
    }
    case 'request': {
      const reply = await connection.request(subject, bytes, { ...withHeaders, timeout });
      const about = { subject: reply.subject, headers: fromHeaders(reply.headers) };
      const { json, binary } = await readContent(reply.data, settings.answer, about, store);
      return { json: { [outputField]: json }, ...(binary && { binary }) };
    }
  }
}
