import { describe, expect, it } from 'vitest';
import { items, memoryBinaryStore, runNode } from '../../../node-kit/test-harness.ts';
import { form } from './form.node.ts';

const end = (parameters: Record<string, unknown>, input = items({ a: 1 })) =>
  runNode(form, { parameters: { operation: 'end', ...parameters }, items: input });

describe('form', () => {
  it('waits with a page', async () => {
    const parameters = { title: 'Next', fields: [{ label: 'Age', kind: 'number' }] };
    const { wait } = await runNode(form, { parameters, items: items({ a: 1 }) });
    expect(wait).toMatchObject({
      until: null,
      resume: { kind: 'form', page: { title: 'Next', fields: [{ name: 'Age', kind: 'number' }] } },
    });
  });

  it('ends with a text, an address, HTML or a file, and passes its items on', async () => {
    const { responses, ports } = await end({ endTitle: 'Done', endText: 'Bye' });
    expect(responses[0]?.body).toEqual({
      kind: 'page',
      answer: { redirect: '', title: 'Done', text: 'Bye' },
    });
    expect(ports[0]).toEqual([{ json: { a: 1 }, pairedItem: { item: 0 } }]);
    expect((await end({ answer: 'redirect', redirect: 'https://x.test/' })).responses[0]?.body).toMatchObject(
      {
        answer: { redirect: 'https://x.test/' },
      },
    );
    expect((await end({ answer: 'html', html: '<b>' })).responses[0]?.body).toEqual({
      kind: 'text',
      text: '<b>',
    });
    const data = await memoryBinaryStore().write(Buffer.from('x'), { mimeType: 'text/plain' });
    const withFile = [{ json: {}, binary: { data } }];
    expect((await end({ answer: 'binary' }, withFile)).responses[0]?.body).toMatchObject({ reference: data });
    await expect(end({ answer: 'binary' })).rejects.toMatchObject({ code: 'BINARY_MISSING' });
  });
});
