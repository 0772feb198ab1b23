import { errors } from '@nats-io/transport-node';
import { describe, expect, it } from 'vitest';
import { natsFailure } from './failure.ts';

describe('natsFailure', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

  it.each([
    [new errors.AuthorizationError('Authorization Violation'), 'LOGIN_REFUSED'],
    [new errors.UserAuthenticationExpiredError('User Authentication Expired'), 'LOGIN_REFUSED'],
    [new errors.TimeoutError(), 'CONNECTION_TIMEOUT'],
    [new errors.ClosedConnectionError(), 'CONNECTION_LOST'],
    [new errors.ConnectionError('connection refused', { cause: refused }), 'CONNECTION_REFUSED'],
    [new errors.ConnectionError("server does not support 'tls'"), 'TLS_FAILED'],
    [new errors.ConnectionError('disconnected'), 'CONNECTION_LOST'],
    [new errors.InvalidArgumentError("'payload' max_payload size exceeded"), 'SERVICE_REFUSED'],
  ])('%s: %s', (error, code) => {
    expect(natsFailure(error, { host: 'here' })).toMatchObject({ code });
  });
});
