import { describe, expect, it } from 'vitest';
import { NodeError } from '../node-kit/index.ts';
import { connectionFailure } from './connection-failure.ts';

const server = { service: 'Redis', host: 'db.example', port: 6379 };

describe('connectionFailure', () => {
  it.each([
    ['ECONNREFUSED', 'CONNECTION_REFUSED'],
    ['ENOTFOUND', 'HOST_UNKNOWN'],
    ['EHOSTUNREACH', 'CONNECTION_TIMEOUT'],
    ['ECONNRESET', 'CONNECTION_LOST'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'TLS_FAILED'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'TLS_FAILED'],
  ])('tells what %s means', (system, code) => {
    const failure = connectionFailure(Object.assign(new Error('x'), { code: system }), server);
    expect(failure).toMatchObject({ code, facts: { service: 'Redis', at: 'db.example:6379' } });
  });

  it('looks into errors that hold one per address, and into causes', () => {
    const refused = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
    const each = new AggregateError([refused, refused]);
    expect(connectionFailure(each, server)).toMatchObject({ code: 'CONNECTION_REFUSED' });
    const wrapped = Object.assign(new Error('outer', { cause: refused }), { code: 'OWN' });
    expect(connectionFailure(wrapped, server)).toMatchObject({ code: 'CONNECTION_REFUSED' });
  });

  it('leaves what it does not know to others, and what is told already as it is', () => {
    expect(connectionFailure(new Error('relation does not exist'), server)).toBeNull();
    const told = new NodeError('LOGIN_REFUSED', { service: 'Redis', user: 'me' });
    expect(connectionFailure(told, server)).toBe(told);
  });
});
