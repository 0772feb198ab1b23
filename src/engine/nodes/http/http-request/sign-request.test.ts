import { describe, expect, it } from 'vitest';
import { signAws } from './sign-aws.ts';
import { signOAuth1 } from './sign-oauth1.ts';

const headerOf = (headers: ReadonlyArray<readonly [string, string]> | undefined, name: string) =>
  headers?.find(([given]) => given.toLowerCase() === name)?.[1];

describe('signOAuth1', () => {
  // The worked example of RFC 5849, section 1.2.
  it('signs as the standard shows', () => {
    const { headers } = signOAuth1(
      { method: 'GET', url: 'http://photos.example.net/photos?file=vacation.jpg&size=original' },
      {
        data: {
          consumerKey: 'dpf43f3p2l4k3l03',
          consumerSecret: 'kd94hf93k423kf44',
          token: 'nnch734d00sl2jdk',
          tokenSecret: 'pfkkdhi9sl3r4s00',
          method: 'HMAC-SHA1',
          realm: 'Photos',
        },
      },
      { nonce: 'kllo9940pd9333jh', timestamp: 1191242096 },
    );
    const header = headerOf(headers, 'authorization') ?? '';
    // The well-known result for the same request with oauth_version 1.0, which RFC 5849 leaves out of its example.
    expect(header).toContain('oauth_signature="tR3%2BTy81lMeYAr%2FFid0kMTYa%2FWM%3D"');
    expect(header).toMatch(/^OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03"/);
  });

  it('signs what a form sends too, and can send the secrets plainly', () => {
    const sign = (body: string, method: string) =>
      headerOf(
        signOAuth1(
          {
            method: 'POST',
            url: 'https://example.com/x',
            headers: [['Content-Type', 'application/x-www-form-urlencoded']],
            body,
          },
          { data: { consumerKey: 'k', consumerSecret: 's&1', method } },
          { nonce: 'n', timestamp: 1 },
        ).headers,
        'authorization',
      );
    expect(sign('a=1', 'HMAC-SHA256')).not.toBe(sign('a=2', 'HMAC-SHA256'));
    expect(sign('a=1', 'PLAINTEXT')).toContain('oauth_signature="s%25261%26"');
  });
});

describe('signAws', () => {
  const data = {
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    region: 'us-east-1',
    service: 'service',
  };

  // "get-vanilla-query-order-key-case" of AWS's published test suite for Signature Version 4.
  it('signs as the test suite of AWS shows', () => {
    const { headers } = signAws(
      {
        method: 'GET',
        url: 'https://example.amazonaws.com/?Param2=value2&Param1=value1',
        headers: [['X-Amz-Date', '20150830T123600Z']],
      },
      { data },
    );
    expect(headerOf(headers, 'authorization')).toBe(
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, ' +
        'SignedHeaders=host;x-amz-date, ' +
        'Signature=b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    );
  });

  it('marks what it adds as secret, and streams for S3 without a hash', () => {
    const request = signAws(
      {
        method: 'PUT',
        url: 'https://bucket.s3.eu-central-1.amazonaws.com/key',
        body: (async function* () {
          yield new Uint8Array([1]);
        })(),
      },
      { data: { ...data, service: 's3', sessionToken: 'temporary' } },
    );
    expect(request.secretHeaders).toEqual(['authorization', 'x-amz-security-token']);
    expect(headerOf(request.headers, 'x-amz-content-sha256')).toBe('UNSIGNED-PAYLOAD');
    expect(headerOf(request.headers, 'x-amz-security-token')).toBe('temporary');
    expect(headerOf(request.headers, 'host')).toBeUndefined();
  });

  it('refuses a form with files', () => {
    expect(() =>
      signAws({ method: 'POST', url: 'https://example.amazonaws.com/', body: new FormData() }, { data }),
    ).toThrow(/cannot be signed/);
  });
});
