import { createCipheriv, createHmac, hash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { SignatureDeclaration } from '../../node-kit/index.ts';
import { openDingTalk, openWeCom, type CallbackKeys } from './encrypted-callbacks.ts';
import { decrypt, openFeishu } from './feishu.ts';
import { openHmac } from './hmac.ts';
import { readAesKey, seal, signSealed, unseal } from './sealed-message.ts';
import { openDingTalkRobot, openGitee, openGitHub, openStripe } from './senders.ts';
import type { Opening, SignedCall } from './signed-call.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');

function call(over: Omit<Partial<SignedCall>, 'bytes'> & { body?: string } = {}): SignedCall {
  const { body = '', ...rest } = over;
  return { method: 'POST', headers: {}, query: {}, now: NOW, ...rest, bytes: Buffer.from(body) };
}

const reasonOf = (opening: Opening) => (opening.kind === 'refused' ? opening.reason : opening.kind);
const hmac = (algorithm: string, secret: string, text: string, encoding: 'hex' | 'base64' = 'hex') =>
  createHmac(algorithm, secret).update(text).digest(encoding);

describe('HMAC', () => {
  const declaration: SignatureDeclaration = {
    algorithm: 'sha256',
    header: 'X-Signature',
    encoding: 'hex',
    prefix: '',
    timestamp: null,
  };

  it.each(['sha1', 'sha256', 'sha512'] as const)('is checked with %s, in hex and Base64', (algorithm) => {
    for (const encoding of ['hex', 'base64'] as const) {
      const open = openHmac('key', { ...declaration, algorithm, encoding, prefix: `${algorithm}=` });
      const signature = `${algorithm}=${hmac(algorithm, 'key', 'text', encoding)}`;
      const sent = (value: string, body = 'text') =>
        reasonOf(open(call({ headers: { 'x-signature': value }, body })));
      expect(sent(signature)).toBe('opened');
      expect(sent(signature, 'Text')).toBe('the signature does not match');
      expect(sent(signature.slice(0, -1))).toBe('the signature does not match');
      expect(sent(signature.slice(5))).toContain('does not begin with');
      expect(reasonOf(open(call({ body: 'text' })))).toContain('is missing');
    }
  });

  it('takes a published example', () => {
    // RFC 4231, test case 2.
    const open = openHmac('Jefe', declaration);
    const signature = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
    const body = 'what do ya want for nothing?';
    expect(open(call({ headers: { 'x-signature': signature.toUpperCase() }, body })).kind).toBe('opened');
  });

  it.each([
    ['seconds', String(NOW / 1000)],
    ['milliseconds', String(NOW)],
    ['a date', new Date(NOW).toISOString()],
  ])('is good once and for a time where it covers a timestamp: %s', (_unit, time) => {
    const timestamp = { header: 'X-Time', separator: '.', toleranceSeconds: 60 };
    const open = openHmac('key', { ...declaration, timestamp });
    const signature = hmac('sha256', 'key', `${time}.text`);
    const headers = { 'x-signature': signature, 'x-time': time };
    const at = (now: number) => open(call({ headers, body: 'text', now }));
    expect(at(NOW + 60_000)).toEqual({ kind: 'opened', once: { signature, until: NOW + 60_001 } });
    expect(at(NOW - 60_000).kind).toBe('opened');
    expect(reasonOf(at(NOW + 60_001))).toContain('more than 60 seconds');
    expect(reasonOf(at(NOW - 60_001))).toContain('more than 60 seconds');
    const without = open(call({ headers: { 'x-signature': signature }, body: 'text' }));
    expect(reasonOf(without)).toContain('timestamp is missing');
    const moved = open(call({ headers: { ...headers, 'x-time': String(NOW / 1000 + 1) }, body: 'text' }));
    expect(reasonOf(moved)).toBe('the signature does not match');
  });
});

describe('known senders', () => {
  it('GitHub: takes the example of its documentation and the id of the delivery', () => {
    const signature = '757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
    const open = openGitHub("It's a Secret to Everybody");
    const headers = { 'x-hub-signature-256': `sha256=${signature}`, 'x-github-delivery': 'd-1' };
    expect(open(call({ headers, body: 'Hello, World!' }))).toEqual({ kind: 'opened', deliveryId: 'd-1' });
    expect(open(call({ headers, body: 'Hello, World?' })).kind).toBe('refused');
    expect(open(call({ body: 'Hello, World!' })).kind).toBe('refused');
  });

  it('Gitee: takes the signed timestamp or the password, which is not handed over', () => {
    const time = '1576754827988';
    const body = '{"hook_name":"push_hooks","password":"this is secret","sign":"x","n":1}';
    const sent = (token: string, now = Number(time)) =>
      openGitee('this is secret')(
        call({ headers: { 'x-gitee-token': token, 'x-gitee-timestamp': time }, body, now }),
      );
    const signature = '2D978FIy4DMMTbiN80zQkNH1Eq/kMBt3gL6OnWfGzzY=';
    for (const token of [signature, encodeURIComponent(signature), 'this is secret']) {
      const opening = sent(token);
      expect(opening.kind === 'opened' && String(opening.body?.bytes)).toBe(
        '{"hook_name":"push_hooks","n":1}',
      );
    }
    expect(reasonOf(sent('SECdemo'))).toBe('the signature does not match');
    expect(reasonOf(sent(signature, Number(time) + 3_600_001))).toContain('more than 3600 seconds');
  });

  it('Stripe: takes one of several signatures within five minutes', () => {
    const time = String(NOW / 1000);
    const body = '{"id":"evt_1"}';
    const good = hmac('sha256', 'whsec_x', `${time}.${body}`);
    const sent = (value: string, now = NOW) =>
      openStripe('whsec_x')(call({ headers: { 'stripe-signature': value }, body, now }));
    expect(sent(`t=${time}, v1=${'0'.repeat(64)},v1=${good},v0=${good}`)).toEqual({
      kind: 'opened',
      deliveryId: 'evt_1',
    });
    expect(sent(`t=${time},v0=${good}`).kind).toBe('refused');
    expect(sent(`t=${time},v1=${good}`, NOW + 300_001).kind).toBe('refused');
    expect(sent(`v1=${good}`).kind).toBe('refused');
  });

  it('DingTalk robot: takes the signed timestamp within an hour', () => {
    const headers = { timestamp: String(NOW), sign: hmac('sha256', 'app', `${NOW}\napp`, 'base64') };
    const open = openDingTalkRobot('app');
    expect(open(call({ headers, body: '{"msgId":"m1"}' }))).toEqual({ kind: 'opened', deliveryId: 'm1' });
    expect(open(call({ headers, body: '{}', now: NOW + 3_600_001 })).kind).toBe('refused');
    expect(openDingTalkRobot('other')(call({ headers, body: '{}' })).kind).toBe('refused');
  });
});

describe('Feishu', () => {
  const keys = { encryptKey: 'test key', verificationToken: 'v-token' };

  function encrypt(text: string): string {
    const iv = randomBytes(16);
    const cipher = createCipheriv('aes-256-cbc', hash('sha256', keys.encryptKey, 'buffer'), iv);
    return Buffer.concat([iv, cipher.update(text), cipher.final()]).toString('base64');
  }

  function signed(body: string, time = String(NOW / 1000)) {
    const signature = hash('sha256', `${time}n1${keys.encryptKey}${body}`, 'hex');
    const headers = {
      'x-lark-request-timestamp': time,
      'x-lark-request-nonce': 'n1',
      'x-lark-signature': signature,
    };
    return call({ headers, body });
  }

  it('decrypts the example of its documentation', () => {
    expect(decrypt('P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=', 'test key')).toBe('hello world');
    expect(decrypt('P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=', 'other key')).toBeNull();
  });

  it('answers the check of the address, encrypted or not, and only with the right token', () => {
    const check = (token: string) => JSON.stringify({ type: 'url_verification', challenge: 'c-1', token });
    const encrypted = openFeishu(keys)(
      call({ body: JSON.stringify({ encrypt: encrypt(check('v-token')) }) }),
    );
    const open = openFeishu({ ...keys, encryptKey: '' });
    for (const opening of [encrypted, open(call({ body: check('v-token') }))]) {
      expect(opening.kind === 'answered' && String(opening.reply.body)).toBe('{"challenge":"c-1"}');
    }
    expect(open(call({ body: check('other') })).kind).toBe('refused');
    expect(openFeishu(keys)(call({ body: check('v-token') })).kind).toBe('refused');
  });

  it('hands over events that are signed, without their token', () => {
    const event = {
      schema: '2.0',
      header: { event_id: 'e1', token: 'v-token', event_type: 'im.message.receive_v1' },
      event: { n: 1 },
    };
    const body = JSON.stringify({ encrypt: encrypt(JSON.stringify(event)) });
    const opening = openFeishu(keys)(signed(body));
    expect(opening).toMatchObject({ kind: 'opened', deliveryId: 'e1' });
    expect(opening.kind === 'opened' && JSON.parse(String(opening.body?.bytes))).toEqual({
      schema: '2.0',
      header: { event_id: 'e1', event_type: 'im.message.receive_v1' },
      event: { n: 1 },
    });
    expect(reasonOf(openFeishu(keys)({ ...signed(body), headers: {} }))).toContain('timestamp');
    expect(reasonOf(openFeishu(keys)({ ...signed(body), bytes: Buffer.from(`${body} `) }))).toBe(
      'the signature does not match',
    );
    const plain = openFeishu({ encryptKey: '', verificationToken: 'v-token' });
    expect(plain(call({ body: '{"uuid":"u1","token":"v-token","event":{}}' }))).toMatchObject({
      deliveryId: 'u1',
    });
    expect(plain(call({ body: 'no json' })).kind).toBe('refused');
  });
});

describe('WeCom', () => {
  const keys: CallbackKeys = {
    token: 'QDG6eK',
    aesKey: readAesKey('jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C')!,
    receiver: 'wx5823bf96d3bd56c7',
  };
  const echostr = 'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==';
  const query = {
    msg_signature: '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3',
    timestamp: '1409659589',
    nonce: '263014780',
    echostr,
  };
  const check = call({ method: 'GET', query, now: 1_409_659_600_000 });

  it('answers the check of the address of its documentation', () => {
    expect(openWeCom(keys)(check)).toMatchObject({
      kind: 'answered',
      reply: { status: 200, body: '1616140317555161061' },
    });
    expect(reasonOf(openWeCom({ ...keys, receiver: 'other' })(check))).toContain('another receiver');
    expect(reasonOf(openWeCom({ ...keys, token: 'other' })(check))).toBe('the signature does not match');
    expect(reasonOf(openWeCom(keys)({ ...check, now: NOW }))).toContain('timestamp');
    expect(reasonOf(openWeCom(keys)({ ...check, query: {} }))).toContain('no encrypted message');
  });

  it('hands over the message that was encrypted', () => {
    const message = '<xml><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[你好]]></Content></xml>';
    const sealed = seal(message, keys.receiver, keys.aesKey);
    const body = `<xml><ToUserName><![CDATA[w]]></ToUserName><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`;
    const time = String(NOW / 1000);
    const signature = signSealed(keys.token, time, 'n', sealed);
    const opening = openWeCom(keys)(
      call({ query: { msg_signature: signature, timestamp: time, nonce: 'n' }, body }),
    );
    expect(opening).toMatchObject({ kind: 'opened', acknowledge: { status: 200, body: '' } });
    expect(opening.kind === 'opened' && String(opening.body?.bytes)).toBe(message);
  });

  it('refuses what is not encrypted with its key', () => {
    const sealed = seal('text', 'r', keys.aesKey);
    expect(unseal(sealed, keys.aesKey)).toEqual({ message: 'text', receiver: 'r' });
    expect(unseal(sealed.slice(4), keys.aesKey)).toBeNull();
    expect(unseal('', keys.aesKey)).toBeNull();
    expect(readAesKey('short')).toBeNull();
  });
});

describe('DingTalk', () => {
  const keys: CallbackKeys = {
    token: '123456',
    aesKey: readAesKey('4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij')!,
    receiver: 'suite4xxxxxxxxxxxxxxx',
  };

  it('answers the check of its documentation with an encrypted "success"', () => {
    const encrypt =
      '1a3NBxmCFwkCJvfoQ7WhJHB+iX3qHPsc9JbaDznE1i03peOk1LaOQoRz3+nlyGNhwmwJ3vDMG+OzrHMeiZI7gTRWVdUBmfxjZ8Ej23JVYa9VrYeJ5as7XM/ZpulX8NEQis44w53h1qAgnC3PRzM7Zc/D6Ibr0rgUathB6zRHP8PYrfgnNOS9PhSBdHlegK+AGGanfwjXuQ9+0pZcy0w9lQ==';
    const query = {
      signature: '5a65ceeef9aab2d149439f82dc191dd6c5cbe2c0',
      timestamp: '1445827045067',
      nonce: 'nEXhMP4r',
    };
    const opening = openDingTalk(keys)(
      call({ query, body: JSON.stringify({ encrypt }), now: 1_445_827_045_100 }),
    );
    const answer = opening.kind === 'answered' ? JSON.parse(String(opening.reply.body)) : {};
    expect(unseal(answer.encrypt, keys.aesKey)).toEqual({ message: 'success', receiver: keys.receiver });
    expect(answer.msg_signature).toBe(signSealed(keys.token, answer.timeStamp, answer.nonce, answer.encrypt));
  });

  it('hands over other events and acknowledges them', () => {
    const encrypt = seal('{"EventType":"user_add_org","UserId":["u"]}', keys.receiver, keys.aesKey);
    const time = String(NOW);
    const query = { msg_signature: signSealed(keys.token, time, 'n', encrypt), timestamp: time, nonce: 'n' };
    const opening = openDingTalk(keys)(call({ query, body: JSON.stringify({ encrypt }) }));
    expect(opening.kind === 'opened' && JSON.parse(String(opening.body?.bytes))).toMatchObject({
      EventType: 'user_add_org',
    });
    expect(opening).toMatchObject({ acknowledge: { status: 200 } });
  });
});
