import { describe, expect, it } from 'vitest';
import { rabbitmq } from './rabbitmq.node.ts';

// What talks to a server is tested against a real one: test/connectors/rabbitmq.test.ts.
describe('rabbitmq', () => {
  it('cannot tell after a crash whether the server took a message', () => {
    expect(rabbitmq.effect).toBe('unsafe');
  });
});
