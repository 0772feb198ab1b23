import { describe, expect, it } from 'vitest';
import { curlLine, curlUpload } from './curl-line.ts';

const at = (...methods: string[]) => ({ url: 'http://127.0.0.1:5680/webhook-test/a', methods });
const URL = '"http://127.0.0.1:5680/webhook-test/a"';

describe('curlLine', () => {
  it('calls with the method, the body and what callers must send', () => {
    const json = '-H "Content-Type: application/json" -d "{\\"hello\\":\\"world\\"}"';
    expect(curlLine(at('GET', 'POST'), { parameters: {} })).toBe(`curl ${URL} ${json}`);
    expect(curlLine(at('PUT'), { parameters: { authentication: 'basic' } })).toBe(
      `curl -X PUT ${URL} -u USER:PASSWORD ${json}`,
    );
    expect(curlLine(at('GET'), { parameters: {} })).toBe(
      'curl "http://127.0.0.1:5680/webhook-test/a?hello=world"',
    );
    expect(curlLine(at('HEAD'), { parameters: { authentication: 'bearer' } })).toBe(
      `curl -I ${URL} -H "Authorization: Bearer TOKEN"`,
    );
    expect(curlLine(at('POST'), { parameters: { rawBody: true } })).toContain('--data-binary "@FILE"');
  });

  it('is not there for calls that are signed', () => {
    expect(curlLine(at('POST'), { parameters: { authentication: 'github' } })).toBeNull();
    expect(curlUpload(at('POST'), { parameters: { authentication: 'hmac' } })).toBeNull();
  });
});

describe('curlUpload', () => {
  it('sends a file in a form where there is a body', () => {
    expect(curlUpload(at('GET', 'POST'), { parameters: {} })).toBe(`curl ${URL} -F "file=@FILE"`);
    expect(curlUpload(at('PUT'), { parameters: {} })).toBe(`curl -X PUT ${URL} -F "file=@FILE"`);
    expect(curlUpload(at('GET'), { parameters: {} })).toBeNull();
    expect(curlUpload(at('POST'), { parameters: { rawBody: true } })).toBeNull();
  });
});
