import { describe, expect, it } from 'vitest';
import { searchOperations } from './search-operations.ts';

describe('searchOperations', () => {
  const operation = { summary: 'List orders', tags: ['订单'], deprecated: false };
  const operations = [
    { ...operation, method: 'GET' as const, path: '/orders' },
    { ...operation, method: 'DELETE' as const, path: '/orders/{id}', summary: 'Cancel' },
  ];
  const found = (search: string) => searchOperations(operations, search).map(({ method }) => method);

  it('finds all words, in any of the texts and in any case', () => {
    expect(found('')).toEqual(['GET', 'DELETE']);
    expect(found(' LIST  orders ')).toEqual(['GET']);
    expect(found('delete 订单')).toEqual(['DELETE']);
    expect(found('get cancel')).toEqual([]);
  });
});
