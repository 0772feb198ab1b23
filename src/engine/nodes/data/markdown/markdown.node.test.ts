import { describe, expect, it } from 'vitest';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { markdown } from './markdown.node.ts';

const convert = async (parameters: Record<string, unknown>) => {
  const { ports } = await runNode(markdown, { parameters, items: items({ a: 1 }) });
  return ports[0]?.[0]?.json['data'];
};

describe('markdown', () => {
  it('becomes HTML', async () => {
    expect(await convert({ text: '# 标题\n\n- a\n- ~~b~~' })).toBe(
      '<h1 id="标题">标题</h1>\n<ul>\n<li>a</li>\n<li><del>b</del></li>\n</ul>',
    );
    const plain = { text: '# Title', features: ['noHeaderId'], firstHeading: 2 };
    expect(await convert(plain)).toBe('<h2>Title</h2>');
    expect(await convert({ ...plain, completeDocument: true })).toMatch(
      /^<!DOCTYPE HTML>[^]*<h2>Title<\/h2>/,
    );
  });

  it('is made of HTML', async () => {
    const html = { direction: 'to-markdown', text: '<h1>Title</h1><ul><li><b>a</b></li></ul><nav>x</nav>' };
    expect(await convert(html)).toBe('# Title\n\n* **a**\n\nx');
    expect(await convert({ ...html, ignore: [{ element: 'nav' }], bullet: '-' })).toBe('# Title\n\n- **a**');
    const replaced = { ...html, replacements: [{ pattern: 'T(.)tle', replacement: 'B$1ble' }] };
    expect(await convert(replaced)).toMatch(/^# Bible/);
  });

  it('refuses a replacement that would take for ever', async () => {
    const html = { direction: 'to-markdown', text: `<p>${'a'.repeat(40)}b</p>` };
    await expect(
      convert({ ...html, replacements: [{ pattern: '(a+)+$', replacement: '' }] }),
    ).rejects.toMatchObject({ code: 'PARAMETER_INVALID' });
  });
});
