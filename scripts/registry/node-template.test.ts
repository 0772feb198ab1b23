import { describe, expect, it } from 'vitest';
import { NodeTypeTexts } from '../../src/contract/index.ts';
import { nodeTemplate } from './node-template.ts';

describe('nodeTemplate', () => {
  it('has everything a node folder needs', () => {
    const files = nodeTemplate({ group: 'data', type: 'my-node' });
    expect([...files.keys()]).toEqual([
      'my-node.node.ts',
      'my-node.node.test.ts',
      'locales/en.json',
      'locales/zh-CN.json',
      'icon.svg',
    ]);
    expect(files.get('my-node.node.ts')).toContain('export const myNodeNode = defineNode({');
    for (const locale of ['en', 'zh-CN']) {
      const texts = NodeTypeTexts.parse(JSON.parse(files.get(`locales/${locale}.json`) ?? ''));
      expect(texts.parameters?.['field']?.label).toBeTruthy();
    }
  });
});
