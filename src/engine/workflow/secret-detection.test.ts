import { describe, expect, it } from 'vitest';
import { findSecrets } from './secret-detection.ts';

// Put together here, so that no scanner takes this file for a leak.
const SECRETS = [
  `Bearer ${'a1b2c3d4'.repeat(3)}`,
  `sk-${'a1b2c3d4'.repeat(4)}`,
  `ghp_${'a1b2c3d4'.repeat(5)}`,
  `AKIA${'A1B2C3D4'.repeat(2)}`,
  `eyJ${'hbGciOiJ'}.eyJ${'zdWIiOiI'}.${'abcdefgh'.repeat(2)}`,
  `-----BEGIN RSA ${'PRIVATE'} KEY-----\nMIIE`,
  `postgres://app:${'hunter2'}@db.example.com/orders`,
];

describe('findSecrets', () => {
  it.each(SECRETS)('finds %s', (text) => {
    expect(findSecrets({ rows: [{ deep: `={{ "${text}" }}` }] })).toEqual(['rows.0.deep']);
  });

  it('finds literal values beside a telling name', () => {
    const headers = [
      { name: 'Accept', value: 'application/json' },
      { name: 'Authorization', value: 'Token 0123456789' },
      { name: 'X-API-Key', value: '0123456789' },
    ];
    expect(findSecrets({ headers })).toEqual(['headers.1.value', 'headers.2.value']);
  });

  it.each([
    { name: 'Authorization', value: '={{ $json.token }}' },
    { name: 'password', value: '' },
    { name: 'token count', value: 'a number of tokens' },
    { url: 'https://example.com/basic-introduction-to-bearer-tokens' },
    { text: 'The bearer of this letter' },
    { text: 'Ask-questions-and-more-questions-later' },
    { url: 'https://{{ $json.user }}:{{ $json.pass }}@example.com' },
  ])('leaves %j alone', (parameters) => {
    expect(findSecrets(parameters)).toEqual([]);
  });
});
