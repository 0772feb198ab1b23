import { describe, expect, it } from 'vitest';
import { parseParameters } from '../../../node-kit/index.ts';
import { formTrigger } from './form-trigger.node.ts';

function declare(values: Record<string, unknown>) {
  if (formTrigger.trigger?.kind !== 'form') throw new Error('not a form');
  return formTrigger.trigger.form(parseParameters(formTrigger.parameters, values));
}

describe('form-trigger', () => {
  it('declares its page', () => {
    const fields = [
      { label: 'Your name', required: true },
      { kind: 'select', label: 'Size', name: 'size', options: 'S\n\n M ' },
      { kind: 'html', html: '<hr>' },
    ];
    expect(declare({ path: 'a', title: 'T', fields, endText: 'Bye' })).toMatchObject({
      path: 'a',
      respond: 'immediately',
      answer: { redirect: '', title: '', text: 'Bye' },
      page: {
        title: 'T',
        fields: [
          { kind: 'text', name: 'Your name', label: 'Your name', required: true },
          { kind: 'select', name: 'size', label: 'Size', options: ['S', 'M'] },
          { kind: 'html', name: '', html: '<hr>' },
        ],
      },
    });
  });

  it('refuses fields without a name, and two of one name', () => {
    const invalid = expect.objectContaining({ code: 'PARAMETER_INVALID' });
    expect(() => declare({ path: 'a', fields: [{ label: ' ' }] })).toThrow(invalid);
    expect(() => declare({ path: 'a', fields: [{ label: 'x' }, { name: 'x' }] })).toThrow(invalid);
  });
});
