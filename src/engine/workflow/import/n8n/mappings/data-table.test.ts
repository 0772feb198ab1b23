import { describe, expect, it } from 'vitest';
import { mapped } from './test-mapped.ts';

const dataTableId = { __rl: true, mode: 'list', value: 'x1', cachedResultName: 'Leads' };

describe('the data tables of n8n', () => {
  it('are found by name, with values and conditions', () => {
    expect(
      mapped('dataTable', 1, {
        operation: 'upsert',
        dataTableId,
        matchType: 'allConditions',
        filters: {
          conditions: [
            { keyName: 'email', keyValue: '={{ $json.email }}' },
            { keyName: 'active', condition: 'isTrue' },
            { keyName: 'age', condition: 'gte', keyValue: 18 },
          ],
        },
        columns: {
          mappingMode: 'defineBelow',
          value: { email: '={{ $json.email }}', age: 20, none: null },
          schema: [{ id: 'email', type: 'string' }],
        },
      }),
    ).toEqual({
      type: 'data-table',
      parameters: {
        operation: 'upsert',
        table: 'Leads',
        combinator: 'and',
        conditions: [
          { column: 'email', operation: 'equals', value: '={{ $json.email }}' },
          { column: 'active', operation: 'equals', value: 'true' },
          { column: 'age', operation: 'greater-or-equal', value: '18' },
        ],
        source: 'fields',
        values: [
          { column: 'email', value: '={{ $json.email }}' },
          { column: 'age', value: '20' },
        ],
      },
      findings: [['DATA_TABLE_TO_CHOOSE', undefined]],
    });
  });

  it('give rows in order, fifty where nothing is said', () => {
    const { parameters } = mapped('dataTable', 1.1, {
      ...{ operation: 'get', dataTableId, orderBy: true, orderByColumn: 'age', orderByDirection: 'ASC' },
    });
    expect(parameters).toMatchObject({ operation: 'get', limit: 50, sortBy: 'age', direction: 'asc' });
    expect(mapped('dataTable', 1, { operation: 'get', returnAll: true }).parameters).toMatchObject({
      limit: 0,
      combinator: 'or',
    });
  });

  it('take the fields of items, and say what patterns become', () => {
    const { parameters } = mapped('dataTable', 1, { columns: { mappingMode: 'autoMapInputData' } });
    expect(parameters).toMatchObject({ operation: 'insert', source: 'item' });
    const like = (keyValue: string) =>
      mapped('dataTable', 1, {
        operation: 'rowExists',
        dataTableId,
        filters: { conditions: [{ keyName: 'a', condition: 'like', keyValue }] },
      });
    expect(like('%x%').findings).toHaveLength(1);
    expect(like('x%').findings).toContainEqual(['PARAMETER_UNSUPPORTED', 'keyValue']);
  });

  it('stay placeholders where a run would be a dry one, and for tables themselves', () => {
    expect(mapped('dataTable', 1, { operation: 'update', options: { dryRun: true } }).type).toBe(
      'placeholder',
    );
    expect(mapped('dataTable', 1.1, { resource: 'table', operation: 'create' }).type).toBe('placeholder');
  });
});
