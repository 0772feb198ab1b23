import { EngineError } from '../../kernel/index.ts';
import type { SignatureDeclaration, SignedAuthentication } from '../../node-kit/index.ts';
import { openDingTalk, openWeCom, type CallbackKeys } from './encrypted-callbacks.ts';
import { openFeishu } from './feishu.ts';
import { openHmac } from './hmac.ts';
import { readAesKey } from './sealed-message.ts';
import { openDingTalkRobot, openGitee, openGitHub, openStripe } from './senders.ts';
import type { OpenCall } from './signed-call.ts';

type Data = Readonly<Record<string, string>>;

/** What checks the calls of a sender. Throws CREDENTIAL_INVALID when the credential lacks what it takes. */
export function createOpener(
  { kind, signature }: { kind: SignedAuthentication; signature: SignatureDeclaration | undefined },
  data: Data,
): OpenCall {
  switch (kind) {
    case 'hmac':
      if (!signature) throw new Error('a HMAC is checked as it is declared');
      return openHmac(need(data, 'secret'), signature);
    case 'github':
      return openGitHub(need(data, 'secret'));
    case 'gitee':
      return openGitee(need(data, 'secret'));
    case 'stripe':
      return openStripe(need(data, 'secret'));
    case 'dingtalk-robot':
      return openDingTalkRobot(need(data, 'secret'));
    case 'dingtalk':
      return openDingTalk(callbackKeys(data));
    case 'wecom':
      return openWeCom(callbackKeys(data));
    case 'feishu': {
      const { encryptKey = '', verificationToken = '' } = data;
      if (encryptKey === '' && verificationToken === '')
        throw invalid('it needs the encrypt key or the verification token');
      return openFeishu({ encryptKey, verificationToken });
    }
  }
}

function callbackKeys(data: Data): CallbackKeys {
  const aesKey = readAesKey(need(data, 'aesKey').trim());
  if (!aesKey) throw invalid('the AES key has 43 letters and digits');
  return { token: need(data, 'token'), aesKey, receiver: data.receiver ?? '' };
}

function need(data: Data, field: string): string {
  const value = data[field];
  if (!value) throw invalid(`"${field}" is empty`);
  return value;
}

const invalid = (reason: string) => new EngineError('CREDENTIAL_INVALID', { reason });
