import type { ConsumeMessage } from 'amqplib';
import { describe, expect, it } from 'vitest';
import { memoryBinaryStore } from '../../../node-kit/test-harness.ts';
import { messageItem } from './message-item.ts';

// What talks to a server is tested against a real one: test/connectors/rabbitmq.test.ts.
describe('messageItem', () => {
  const message = (content: Buffer) =>
    ({
      content,
      fields: {
        routingKey: 'orders',
        exchange: 'shop',
        redelivered: false,
        deliveryTag: 1,
        consumerTag: 'c',
      },
      properties: { headers: { kind: 'new' }, messageId: 'm1', contentType: undefined },
    }) as unknown as ConsumeMessage;
  const store = memoryBinaryStore();

  it('is JSON, a text, or a file where it is neither', async () => {
    const json = await messageItem(message(Buffer.from('{"id":7}')), 'auto', store);
    expect(json.json).toEqual({
      content: { id: 7 },
      routingKey: 'orders',
      exchange: 'shop',
      redelivered: false,
      headers: { kind: 'new' },
      properties: { messageId: 'm1' },
    });
    expect((await messageItem(message(Buffer.from('{"id":7}')), 'text', store)).json.content).toBe(
      '{"id":7}',
    );
    const bytes = Buffer.from([0xff, 0xfe, 0]);
    const file = await messageItem(message(bytes), 'auto', store);
    expect(file.json).not.toHaveProperty('content');
    expect(await store.read(file.binary!['data']!)).toEqual(bytes);
  });
});
