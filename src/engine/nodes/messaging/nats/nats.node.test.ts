import { describe, expect, it } from 'vitest';
import { checkSubject } from './check-subject.ts';
import { nats } from './nats.node.ts';

// What talks to a server is tested against a real one: test/connectors/nats.test.ts.
describe('nats', () => {
  const where = { node: 'NATS', itemIndex: 2 };

  it('cannot tell after a crash whether the server took a message', () => {
    expect(nats.effect).toBe('unsafe');
  });

  it.each(['a b', 'a\r\nPUB b 1', 'a..b', '.a', 'a.*', 'a.>', ''])('refuses the subject %j', (subject) => {
    expect(() => checkSubject(subject, where)).toThrow(
      expect.objectContaining({ code: 'PARAMETER_INVALID' }) as Error,
    );
  });

  it('takes any other subject', () => {
    expect(() => checkSubject('订单.上海.a*b', where)).not.toThrow();
  });
});
