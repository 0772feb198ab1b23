import { describe, expect, it } from 'vitest';
import { mqttFailure } from './failure.ts';

describe('mqttFailure', () => {
  const refused = (code: number, text = 'Not authorized') =>
    Object.assign(new Error(`Connection refused: ${text}`), { code });

  it.each([
    [refused(4), 'LOGIN_REFUSED'],
    [refused(5), 'LOGIN_REFUSED'],
    [refused(134), 'LOGIN_REFUSED'],
    [refused(2, 'Identifier rejected'), 'SERVICE_REFUSED'],
    [Object.assign(new Error('Publish error: Not authorized'), { code: 135 }), 'SERVICE_REFUSED'],
    [new Error('connack timeout'), 'CONNECTION_TIMEOUT'],
    [new Error('Keepalive timeout'), 'CONNECTION_LOST'],
    [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 'CONNECTION_REFUSED'],
  ])('%s: %s', (error, code) => {
    expect(mqttFailure(error, { host: 'broker', tls: 'off' })).toMatchObject({ code });
  });

  it('names the port that goes with TLS', () => {
    expect(mqttFailure(new Error('connack timeout'), { host: 'broker', tls: 'verify' })).toMatchObject({
      facts: { at: 'broker:8883' },
    });
  });
});
