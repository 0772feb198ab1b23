import { describe, expect, it } from 'vitest';
import { hostKeyProblem } from './host-key.ts';

const server = { service: 'SSH', host: 'shell.example', port: 22, at: 'shell.example:22' };
const key = Buffer.concat([Buffer.from([0, 0, 0, 11]), Buffer.from('ssh-ed25519'), Buffer.from('key')]);
const FINGERPRINT = String(hostKeyProblem(key, '', server)?.facts['fingerprint']);

describe('hostKeyProblem', () => {
  it('tells the fingerprint of a key that nobody accepted', () => {
    const problem = hostKeyProblem(key, ' ', server);
    expect(problem).toMatchObject({ code: 'HOST_KEY_UNKNOWN', facts: { keyType: 'ssh-ed25519' } });
    expect(FINGERPRINT).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
    expect(problem?.message).toContain(FINGERPRINT);
  });

  it.each([
    ['as it is told', FINGERPRINT],
    ['without its prefix, padded', `${FINGERPRINT.slice('SHA256:'.length)}=`],
    ['as one of several', `SHA256:${'A'.repeat(43)},\n ${FINGERPRINT}`],
  ])('takes one that is expected, %s', (_how, expected) => {
    expect(hostKeyProblem(key, expected, server)).toBeNull();
  });

  it('tells both fingerprints of one that changed', () => {
    const expected = `SHA256:${'A'.repeat(43)}`;
    const problem = hostKeyProblem(key, expected, server);
    expect(problem?.code).toBe('HOST_KEY_CHANGED');
    expect(problem?.message).toContain(FINGERPRINT);
    expect(problem?.message).toContain(expected);
  });
});
