import { describe, expect, it } from 'vitest';
import { typeOf } from '../editor/document/test-kit.ts';
import { groupNodeTypes, searchNodeTypes } from './palette-search.ts';

const text = (name: string, description = '') => ({ name, description });
const http = typeOf('http-request', {
  group: 'http',
  aliases: ['curl', 'rest'],
  texts: { en: text('HTTP Request', 'Calls a URL'), 'zh-CN': text('HTTP 请求', '调用接口') },
});
const webhook = typeOf('webhook', {
  group: 'trigger',
  texts: { en: text('Webhook', 'Starts on an HTTP call'), 'zh-CN': text('Webhook', '收到请求时启动') },
});
const types = [webhook, http];

describe('palette search', () => {
  it('finds by name in both languages, by alias and by description, best first', () => {
    const found = (search: string) => searchNodeTypes(types, search).map((type) => type.type);
    expect(found('http')).toEqual(['http-request', 'webhook']);
    expect(found('请求')).toEqual(['http-request', 'webhook']);
    expect(found('curl')).toEqual(['http-request']);
    expect(found('http req')).toEqual(['http-request']);
    expect(found('nothing')).toEqual([]);
    expect(found('')).toHaveLength(2);
  });

  it('groups in the fixed order, triggers first', () => {
    expect(groupNodeTypes([http, webhook], 'en').map(({ group }) => group)).toEqual(['trigger', 'http']);
  });
});
