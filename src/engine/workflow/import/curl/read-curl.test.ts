import { describe, expect, it } from 'vitest';
import { isCurl, readCurl } from './read-curl.ts';

const parametersOf = (command: string) => readCurl(command).nodes[0]?.parameters;

describe('readCurl', () => {
  it('reads what documentation shows', () => {
    const command = String.raw`curl -X POST https://api.example.com/v1/orders?dry=1 \
      -H "Content-Type: application/json" -H 'X-Shop: 归墟' \
      -d '{"id": 7, "note": "it'\''s"}'`;
    expect(readCurl(command).name).toBe('api.example.com');
    expect(parametersOf(command)).toEqual({
      method: 'POST',
      url: 'https://api.example.com/v1/orders',
      query: [{ name: 'dry', value: '1' }],
      headers: [{ name: 'X-Shop', value: '归墟' }],
      body: 'json',
      json: { id: 7, note: "it's" },
    });
  });

  it.each([
    ['curl example.com', { method: 'GET', url: 'http://example.com' }],
    ['$ curl -I https://a.b/c', { method: 'HEAD', url: 'https://a.b/c' }],
    ['curl -XDELETE https://a.b/1', { method: 'DELETE', url: 'https://a.b/1' }],
    [
      'curl https://a.b -d a=1 -d "b=x y"',
      {
        method: 'POST',
        url: 'https://a.b',
        body: 'form',
        formFields: [
          { name: 'a', value: '1' },
          { name: 'b', value: 'x y' },
        ],
      },
    ],
    [
      'curl -G https://a.b --data-urlencode "q=a&b"',
      { method: 'GET', url: 'https://a.b', query: [{ name: 'q', value: 'a&b' }] },
    ],
    [
      'curl --json \'{"a":1}\' https://a.b',
      { method: 'POST', url: 'https://a.b', body: 'json', json: { a: 1 } },
    ],
    [
      'curl https://a.b -F name=Ann -F "photo=@me.png;type=image/png"',
      {
        method: 'POST',
        url: 'https://a.b',
        body: 'multipart',
        parts: [
          { name: 'name', kind: 'text', value: 'Ann' },
          { name: 'photo', kind: 'binary', binaryField: 'photo' },
        ],
      },
    ],
    [
      'curl -kL -m 2.5 -x proxy:8080 --max-redirs 3 https://a.b',
      {
        method: 'GET',
        url: 'https://a.b',
        options: { ignoreTlsErrors: true, proxy: 'http://proxy:8080', timeoutMs: 2500, maxRedirects: 3 },
      },
    ],
    [
      'curl -T report.pdf https://a.b/r',
      { method: 'PUT', url: 'https://a.b/r', body: 'binary', binaryField: 'data' },
    ],
    [
      'curl https://a.b -H "Content-Type: text/xml" --data-raw "<a/>"',
      { method: 'POST', url: 'https://a.b', body: 'text', text: '<a/>', contentType: 'text/xml' },
    ],
  ])('%s', (command, expected) => {
    expect(parametersOf(command)).toEqual(expected);
  });

  it('puts logins, cookies and the like into headers', () => {
    expect(
      parametersOf(
        'curl -u ann:s3 -A me/1 -e https://r -b "a=1" -b "b=2" -H "Accept-Encoding: gzip" https://a.b',
      ),
    ).toMatchObject({
      headers: [
        { name: 'User-Agent', value: 'me/1' },
        { name: 'Referer', value: 'https://r' },
        { name: 'Cookie', value: 'a=1; b=2' },
        { name: 'Authorization', value: `Basic ${Buffer.from('ann:s3').toString('base64')}` },
      ],
    });
  });

  it("reads the browser's ways of quoting", () => {
    const bash = String.raw`curl 'https://a.b/' --data-raw $'{"t":"it\'s \u5f52\\n"}' --compressed`;
    expect(parametersOf(bash)).toMatchObject({ body: 'json', json: { t: "it's 归\n" } });
    const cmd =
      'curl.exe ^"https://a.b/x?y=^%^201^" ^\r\n  -H ^"content-type: application/json^" ^\r\n  --data-raw ^"^{^\\^"n^\\^":1^}^"';
    expect(parametersOf(cmd)).toMatchObject({
      method: 'POST',
      url: 'https://a.b/x',
      body: 'json',
      json: { n: 1 },
    });
  });

  it('knows a call of curl when it sees one, and says what is missing', () => {
    expect(isCurl('  curl -s https://a.b')).toBe(true);
    expect(isCurl('{"nodes": []}')).toBe(false);
    expect(isCurl('curly braces')).toBe(false);
    expect(() => readCurl('curl -X POST')).toThrow(/has no address/);
  });
});
