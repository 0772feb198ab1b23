import { describe, expect, it } from 'vitest';
import { checkTopic } from './check-topic.ts';
import { mqtt } from './mqtt.node.ts';

// What talks to a server is tested against a real one: test/connectors/mqtt.test.ts.
describe('mqtt', () => {
  const where = { node: 'MQTT', itemIndex: 2 };

  it('cannot tell after a crash whether the server took a message', () => {
    expect(mqtt.effect).toBe('unsafe');
  });

  it.each(['a/+/b', 'a/#', 'a\0b', '长'.repeat(30_000)])('refuses a topic no server takes', (topic) => {
    expect(() => checkTopic(topic, where)).toThrow(
      expect.objectContaining({
        code: 'PARAMETER_INVALID',
        facts: expect.objectContaining({ parameter: 'topic', itemIndex: 2 }) as unknown,
      }) as Error,
    );
  });

  it('takes any other topic', () => {
    expect(() => checkTopic('家/厨房/$灯', where)).not.toThrow();
  });
});
