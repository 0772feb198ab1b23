import { describe, expect, it } from 'vitest';
import * as xlsx from '@e965/xlsx';
import { writeWorkbook } from '../convert-to-file/write-workbook.task.ts';
import { readWorkbook, type WorkbookRules } from './read-workbook.task.ts';

const RULES: Omit<WorkbookRules, 'bytes'> = {
  field: 'data',
  encoding: 'utf-8',
  sheet: '',
  range: '',
  header: true,
  maxRows: 0,
  keepEmpty: false,
  rawTexts: false,
  dates: 'text',
};
const read = (bytes: Uint8Array, rules: Partial<WorkbookRules> = {}) =>
  readWorkbook({ ...RULES, ...rules, bytes });

/** A workbook as another program would have written it. */
function workbook(bookType: xlsx.BookType, sheets: Record<string, unknown[][]>, props = {}): Buffer {
  const book = xlsx.utils.book_new();
  for (const [name, rows] of Object.entries(sheets))
    xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet(rows, { UTC: true, cellDates: true }), name);
  book.Workbook = { ...book.Workbook, WBProps: props };
  return xlsx.write(book, { bookType, type: 'buffer', compression: true }) as Buffer;
}

const date = (...parts: [number, number, number, number?, number?]) => new Date(Date.UTC(...parts));

describe('readWorkbook', () => {
  it.each(['xlsx', 'xls', 'ods', 'html', 'rtf'] as const)('reads what was written as %s', async (format) => {
    const bytes = await writeWorkbook({
      format,
      columns: ['名称', 'n', 'b'],
      rows: [
        ['李 "雷" {x}\\', 1.5, true],
        ['𠮷野', -2, null],
      ],
      header: true,
      sheetName: '表',
    });
    expect(await read(bytes)).toEqual([
      { 名称: '李 "雷" {x}\\', n: 1.5, b: true },
      { 名称: '𠮷野', n: -2 },
    ]);
  });

  it.each(['xlsx', 'biff8', 'ods'] as const)('reads dates of %s, which have no zone', async (type) => {
    const rows = [
      ['day', 'time'],
      [date(2024, 1, 29), date(1999, 11, 31, 23, 59)],
    ];
    expect(await read(workbook(type, { a: rows }))).toEqual([
      { day: '2024-02-29', time: '1999-12-31T23:59:00' },
    ]);
  });

  it('reads dates as numbers of days, and dates of workbooks that begin in 1904', async () => {
    const rows = [['day'], [date(2024, 1, 29)]];
    expect(await read(workbook('xlsx', { a: rows }), { dates: 'number' })).toEqual([{ day: 45351 }]);
    const from1904 = workbook('xlsx', { a: rows }, { date1904: true });
    expect(await read(from1904)).toEqual([{ day: '2024-02-29' }]);
  });

  it('reads the sheet, the range and as many rows as asked for', async () => {
    const bytes = workbook('xlsx', {
      one: [['a'], [1]],
      two: [
        ['x', 'y'],
        [1, null],
        [2, 3],
      ],
    });
    expect(await read(bytes)).toEqual([{ a: 1 }]);
    const two = { sheet: 'two' };
    expect(await read(bytes, { ...two, keepEmpty: true, maxRows: 1 })).toEqual([{ x: 1, y: '' }]);
    expect(await read(bytes, { ...two, header: false })).toEqual([
      { row: ['x', 'y'] },
      { row: [1] },
      { row: [2, 3] },
    ]);
    expect(await read(bytes, { ...two, range: 'B1:B3' })).toEqual([{ y: 3 }]);
    expect(await read(bytes, { ...two, range: '1' })).toEqual([{ '1': 2, __EMPTY: 3 }]);
    await expect(read(bytes, { sheet: 'three' })).rejects.toMatchObject({
      code: 'SHEET_MISSING',
      facts: { field: 'data', sheet: 'three', available: 'one, two' },
    });
  });

  it('reads text formats in their encoding, with or without making numbers', async () => {
    const gbk = Buffer.concat([Buffer.from('n,t\n007,'), Buffer.from([0xc4, 0xe3])]);
    expect(await read(gbk, { encoding: 'gb18030' })).toEqual([{ n: 7, t: '你' }]);
    expect(await read(gbk, { encoding: 'gb18030', rawTexts: true })).toEqual([{ n: '007', t: '你' }]);
    const rtf = "{\\rtf1\\ansi\\ansicpg936\\trowd a\\cell\\row\\trowd \\'c4\\'e3\\cell\\row}";
    expect(await read(Buffer.from(rtf))).toEqual([{ a: '你' }]);
  });

  it('refuses what is no table, and what unpacks to too much', async () => {
    await expect(read(Buffer.from('PK\u0003\u0004 and nothing more'))).rejects.toMatchObject({
      code: 'FILE_INVALID',
    });
    await expect(read(Buffer.from('{\\rtf1 text}'))).rejects.toMatchObject({ code: 'FILE_INVALID' });
    const { ZipFile } = await import('yazl');
    const zip = new ZipFile();
    zip.addBuffer(Buffer.alloc(257 * 1024 ** 2), 'xl/workbook.xml');
    zip.end();
    const parts: Buffer[] = [];
    for await (const part of zip.outputStream) parts.push(part as Buffer);
    const bomb = Buffer.concat(parts);
    expect(bomb.length).toBeLessThan(1024 ** 2);
    await expect(read(bomb)).rejects.toMatchObject({ code: 'FILE_TOO_LARGE', facts: { limitMb: 256 } });
  });
});
