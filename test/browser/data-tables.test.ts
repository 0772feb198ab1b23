import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataRow, DataTable } from '../../src/contract/index.ts';
import { startHost, type Host } from './host.ts';
import { closeBrowser, openWindow } from './window.ts';

describe('data tables', () => {
  let host: Host;
  let page: Page;
  let errors: string[];
  let id: string;
  beforeAll(async () => {
    host = await startHost();
    ({ page, errors } = await openWindow(host.startUrl));
    await page.getByRole('navigation').first().waitFor();
  });
  afterAll(async () => {
    await closeBrowser();
    await host?.stop();
  });

  const stored = async () =>
    (await host.api<{ items: DataRow[] }>('POST', `/data-tables/${id}/rows/query`, {})).items.map(
      ({ values }) => values,
    );
  const cell = (row: number, column: string) => page.getByTestId(`cell-${row}-${column}`);
  const nameInput = () =>
    page.getByTestId('name-input').locator('input').or(page.locator('input[data-testid=name-input]'));
  const addColumn = async (name: string, type: string) => {
    await page.getByTestId('add-column').click();
    await nameInput().fill(name);
    await page.getByTestId('column-type').selectOption({ label: type });
    await page.getByTestId('name-confirm').click();
    await page.getByTestId(`column-${name}`).waitFor();
  };

  it('are made with columns of several types', async () => {
    await page.goto(`${host.url}/#/data-tables`);
    await page.getByText('No data tables yet').waitFor();
    await page.getByTestId('create-table').click();
    await nameInput().fill('Stock');
    await page.keyboard.press('Enter');
    await page.getByText('No columns yet').waitFor();
    await addColumn('sku', 'Text');
    await addColumn('count', 'Number');
    await addColumn('sold', 'True/false');
    const { items } = await host.api<{ items: DataTable[] }>('GET', '/data-tables');
    id = items[0]?.id ?? '';
    expect(items[0]?.columns.map(({ name, type }) => [name, type])).toEqual([
      ['sku', 'text'],
      ['count', 'number'],
      ['sold', 'boolean'],
    ]);
  });

  it('are edited in place with the keyboard alone', async () => {
    await page.getByTestId('add-row').click();
    await cell(1, 'sku').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('A-1');
    await page.keyboard.press('Enter');
    await page.locator('button[data-testid="cell-1-sku"]', { hasText: 'A-1' }).waitFor();
    await cell(1, 'count').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('12');
    await page.keyboard.press('Escape');
    expect(await stored()).toEqual([{ sku: 'A-1', count: null, sold: null }]);
    await cell(1, 'sold').click();
    await cell(1, 'sold').selectOption('true');
    await page.locator('button[data-testid="cell-1-sold"]', { hasText: 'true' }).waitFor();
    expect(await stored()).toEqual([{ sku: 'A-1', count: null, sold: true }]);
  });

  it('say what does not fit and keep it in the field', async () => {
    await cell(1, 'count').click();
    await page.keyboard.type('many');
    await page.keyboard.press('Enter');
    await page.getByText('does not fit column "count"').first().waitFor();
    expect(await cell(1, 'count').inputValue()).toBe('many');
    await cell(1, 'count').fill('5');
    await page.keyboard.press('Enter');
    await page.locator('button[data-testid="cell-1-count"]', { hasText: '5' }).waitFor();
    expect(await stored()).toEqual([{ sku: 'A-1', count: 5, sold: true }]);
    // The refusal by the engine shows up as a failed request.
    expect(errors.splice(0).filter((error) => !error.includes('422'))).toEqual([]);
  });

  it('take CSV in, sort and filter it, and give it out', async () => {
    await page.locator('input[type=file]').setInputFiles({
      name: 'stock.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('sku,count\nB-2,30\nC-3,4\n'),
    });
    await page.getByText('2 rows were imported').waitFor();
    await page.getByTestId('column-count').click();
    await page.getByRole('menuitem', { name: 'Descending' }).click();
    const shown = () => page.locator('tbody button[data-testid$="-sku"]').allInnerTexts();
    await expect.poll(shown).toEqual(['B-2', 'A-1', 'C-3']);
    await page.getByTestId('filter-column').selectOption({ label: 'count' });
    await page.getByTestId('filter-operation').selectOption({ label: 'is less than' });
    await page.locator('[data-testid=filter-value] input, input[data-testid=filter-value]').fill('30');
    await page.keyboard.press('Enter');
    await expect.poll(shown).toEqual(['A-1', 'C-3']);

    const download = page.waitForEvent('download');
    await page.getByTestId('export-csv').click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('Stock.csv');
    const lines = (await readFile(await file.path(), 'utf8')).trim().split('\n');
    expect(lines[0]).toBe('id,createdAt,updatedAt,sku,count,sold');
    expect(lines).toHaveLength(4);
  });

  it('are chosen in a node, with their columns', async () => {
    const { id: workflowId } = await host.api<{ id: string }>('POST', '/workflows', {
      document: {
        name: 'Uses stock',
        nodes: [
          { id: 'n', name: 'Stock', type: 'data-table', parameters: { operation: 'get' }, position: [0, 0] },
        ],
        connections: [],
      },
    });
    await page.goto(`${host.url}/#/workflows/${workflowId}`);
    await page.getByTestId('node-Stock').dblclick();
    await page.getByTestId('param-table').selectOption({ label: 'Stock' });
    const options = page.getByTestId('param-sortBy').locator('option:not([hidden])');
    await expect
      .poll(() => options.allInnerTexts())
      .toEqual(['sku', 'count', 'sold', 'id', 'createdAt', 'updatedAt']);
  });

  it('report no errors', () => expect(errors).toEqual([]));
});
