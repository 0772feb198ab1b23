import { describe, expect, it } from 'vitest';
import { fromCallbackForm, isCallbackUrl, toCallbackForm } from './callback-form.ts';

describe('the form of callbacks', () => {
  it('leaves documents without callbacks as they are', () => {
    expect(fromCallbackForm(toCallbackForm(undefined))).toBeUndefined();
    expect(fromCallbackForm({ success: ' ', failure: '', credential: '' })).toBeUndefined();
  });

  it('gives back what was typed', () => {
    const callbacks = { success: 'https://a.test/', failure: null, credential: 'c1' };
    expect(fromCallbackForm(toCallbackForm(callbacks))).toEqual(callbacks);
  });

  it('knows web addresses', () => {
    expect(['', 'http://a', 'https://a/b?c'].every(isCallbackUrl)).toBe(true);
    expect(['a.test', 'ftp://a', 'https://a b'].some(isCallbackUrl)).toBe(false);
  });
});
