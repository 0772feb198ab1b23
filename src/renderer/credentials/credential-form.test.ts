import { describe, expect, it } from 'vitest';
import type { CredentialTypeDescription } from '../../contract/index.ts';
import { formData, missingFields, openForm } from './credential-form.ts';

const texts = { name: 'Basic', description: '' };
const type: CredentialTypeDescription = {
  type: 'basic',
  fields: [
    { name: 'name', kind: 'string', required: true },
    { name: 'password', kind: 'secret', required: true },
    { name: 'since', kind: 'string', required: false, hidden: true },
  ],
  testable: false,
  texts: { en: texts, 'zh-CN': texts },
};
const stored = { id: 'c1', name: 'CRM', type: 'basic', fields: { name: 'ada' }, createdAt: 0, updatedAt: 0 };

describe('missingFields', () => {
  it('asks for the name and everything required', () => {
    expect([...missingFields(openForm('basic'), type, false)]).toEqual([
      'name',
      'field:name',
      'field:password',
    ]);
  });

  it('lets a stored secret stay as it is', () => {
    expect([...missingFields(openForm('basic', stored), type, true)]).toEqual([]);
  });
});

describe('formData', () => {
  it('leaves out a secret that was not typed in, and fields of other types', () => {
    const form = { ...openForm('basic', stored), values: { name: 'ada', password: '', token: 'old' } };
    expect(formData(form, type)).toEqual({ name: 'ada' });
    expect(formData({ ...form, values: { name: 'ada', password: 's' } }, type)).toEqual({
      name: 'ada',
      password: 's',
    });
  });
});
