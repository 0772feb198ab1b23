import { describe, expect, it } from 'vitest';
import { runNode } from '../../../node-kit/test-harness.ts';
import { extractFromFile } from './extract-from-file.node.ts';
import { readIcs } from './read-ics.task.ts';
import { readPdf } from './read-pdf.task.ts';
import { readWorkbook } from './read-workbook.task.ts';
import { testPdf } from './test-pdf.ts';

const run = async (content: string | Buffer, parameters: Record<string, unknown>) => {
  const bytes = Buffer.from(content as string);
  const { ports } = await runNode(extractFromFile, {
    parameters,
    tasks: { 'read-ics': readIcs, 'read-pdf': readPdf, 'read-workbook': readWorkbook },
    items: [
      {
        json: { a: 1 },
        binary: { data: { blobId: 'b', size: bytes.length, mimeType: 'text/plain', sha256: '' } },
      },
    ],
    binary: {
      write: () => Promise.reject(new Error('nothing to write')),
      read: () => Promise.resolve(bytes),
      // In parts of five bytes, so that characters are cut.
      async *stream() {
        for (let at = 0; at < bytes.length; at += 5) yield await Promise.resolve(bytes.subarray(at, at + 5));
      },
    },
  });
  return ports[0]?.map(({ json }) => json);
};

describe('extract-from-file', () => {
  it('reads CSV with quotes, line breaks in cells and a byte order mark', async () => {
    const csv = '\uFEFF名称,备注\r\n"李, 雷","第一行\n第二行"\r\n韩梅梅,\r\n';
    expect(await run(csv, {})).toEqual([{ 名称: '李, 雷', 备注: '第一行\n第二行' }, { 名称: '韩梅梅' }]);
    expect(await run(csv, { keepEmpty: true, fromLine: 1, maxRows: 2 })).toHaveLength(2);
    expect(await run('a;b\n1;2\n3;4', { delimiter: ';', header: false, maxRows: 2 })).toEqual([
      { row: ['a', 'b'] },
      { row: ['1', '2'] },
    ]);
  });

  it('reads texts in the encodings of other programs', async () => {
    const gbk = Buffer.from([0xc4, 0xe3, 0xba, 0xc3]);
    expect(await run(gbk, { format: 'text', encoding: 'gb18030' })).toEqual([{ data: '你好' }]);
    const csv = Buffer.concat([Buffer.from('a\n'), gbk]);
    expect(await run(csv, { encoding: 'gb18030' })).toEqual([{ a: '你好' }]);
  });

  it('reads JSON and bytes into a field, with what else the item had', async () => {
    expect(await run('{"x":1}', { format: 'json' })).toEqual([{ data: { x: 1 } }]);
    expect(await run('hi', { format: 'base64', field: 'b.c', keep: 'fields' })).toEqual([
      { a: 1, b: { c: 'aGk=' } },
    ]);
  });

  it('makes items of the objects in a JSON file', async () => {
    const whole = { format: 'json', field: '' };
    expect(await run('{"x":1}', whole)).toEqual([{ x: 1 }]);
    expect(await run('[{"x":1},{"x":2}]', whole)).toEqual([{ x: 1 }, { x: 2 }]);
    await expect(run('[1]', whole)).rejects.toMatchObject({ code: 'PARAMETER_INVALID' });
  });

  it('reads spreadsheets, PDF and calendars', async () => {
    const html = '<table><tr><td>n</td></tr><tr><td>1</td></tr></table>';
    expect(await run(html, { format: 'spreadsheet' })).toEqual([{ n: 1 }]);
    expect(await run(testPdf([[{ text: 'Hi' }]]), { format: 'pdf', keep: 'fields' })).toMatchObject([
      { a: 1, text: 'Hi', numpages: 1 },
    ]);
    const ics = [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:x',
      'BEGIN:VEVENT',
      'UID:1',
      'DTSTAMP:20260101T000000Z',
    ];
    const event = [
      'DTSTART;TZID=Asia/Shanghai:20260301T100000',
      'SUMMARY:会议',
      'END:VEVENT',
      'END:VCALENDAR',
    ];
    expect(await run([...ics, ...event].join('\r\n'), { format: 'ics', field: '' })).toMatchObject([
      { events: [{ summary: '会议', start: { date: '2026-03-01T02:00:00.000Z' } }] },
    ]);
    await expect(run('', { format: 'ics' })).rejects.toMatchObject({ code: 'FILE_INVALID' });
  });

  it('refuses what is not as it should be', async () => {
    await expect(run('{', { format: 'json' })).rejects.toMatchObject({ code: 'FILE_INVALID' });
    await expect(run('a\n"b', {})).rejects.toMatchObject({ code: 'FILE_INVALID' });
    await expect(run('', { fileField: 'other' })).rejects.toMatchObject({ code: 'FIELD_MISSING' });
  });
});
