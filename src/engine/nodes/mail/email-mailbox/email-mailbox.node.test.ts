import { describe, expect, it } from 'vitest';
import { searchQuery } from './search-query.ts';

// What talks to a server is tested against a real one: test/connectors/imap.test.ts.
describe('searchQuery', () => {
  it('holds what is asked for, and nothing else', () => {
    expect(searchQuery({ state: 'any', conditions: {} })).toEqual({ all: true });
    expect(
      searchQuery({ state: 'unseen', conditions: { from: 'li', messageId: '<a@b>', since: '2026-01-31' } }),
    ).toEqual({
      all: true,
      seen: false,
      from: 'li',
      header: { 'message-id': '<a@b>' },
      since: new Date('2026-01-31'),
    });
  });

  it('names what is no date', () => {
    expect(() => searchQuery({ state: 'any', conditions: { before: 'soon' } })).toThrowError(
      expect.objectContaining({ code: 'PARAMETER_INVALID' }) as Error,
    );
  });
});
