import { describe, expect, it } from 'vitest';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { xml } from './xml.node.ts';

const run = async (json: Record<string, unknown>, parameters: Record<string, unknown> = {}) => {
  const { ports } = await runNode(xml, { parameters, items: items(json) });
  return ports[0]?.[0]?.json;
};
const BOOK = '<book id="7"><title lang="en"> A  tale </title><tag>x</tag><tag>y</tag></book>';

describe('xml', () => {
  it('reads a document', async () => {
    expect(await run({ data: BOOK })).toEqual({
      book: { id: '7', title: { _: ' A  tale ', lang: 'en' }, tag: ['x', 'y'] },
    });
    const rules = { mergeAttributes: false, explicitRoot: false, normalize: true, trim: true };
    expect(await run({ data: BOOK }, rules)).toEqual({
      $: { id: '7' },
      title: { _: 'A tale', $: { lang: 'en' } },
      tag: ['x', 'y'],
    });
  });

  it('writes what it reads back as the same', async () => {
    const written = await run({ book: { $: { id: '7' }, tag: ['x', 'y <z>'] } }, { direction: 'to-xml' });
    expect(written?.['data']).toMatch(/^<\?xml .*\?>\n<book id="7">/);
    expect(await run(written ?? {}, { mergeAttributes: false })).toEqual({
      book: { $: { id: '7' }, tag: ['x', 'y <z>'] },
    });
    const plain = { direction: 'to-xml', declaration: false };
    expect(await run({ a: 1, b: 2 }, plain)).toEqual({ data: '<root>\n  <a>1</a>\n  <b>2</b>\n</root>' });
  });

  it('says where a document is broken, and which name no element can have', async () => {
    await expect(run({ data: '<a>\n<b></a>' })).rejects.toMatchObject({
      code: 'PARAMETER_INVALID',
      facts: { reason: expect.stringContaining('Line: 1') },
    });
    await expect(run({})).rejects.toMatchObject({ code: 'FIELD_MISSING' });
    await expect(run({ 'a b': 1 }, { direction: 'to-xml' })).rejects.toMatchObject({
      facts: { reason: '"a b" cannot be the name of an element' },
    });
  });

  it('does not open other files nor expand entities of the document', async () => {
    const attack = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>';
    const result = await run({ data: attack }).catch((error: { code: string }) => error.code);
    expect(['PARAMETER_INVALID', { a: '&x;' }]).toContainEqual(result);
  });
});
