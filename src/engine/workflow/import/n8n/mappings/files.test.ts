import { describe, expect, it } from 'vitest';
import { mapped } from './test-mapped.ts';

describe('mappings of files', () => {
  it('reads the nodes between files and items, where the format is one of ours', () => {
    expect(mapped('extractFromFile', 1, { options: { maxRowCount: 5 } })).toMatchObject({
      type: 'extract-from-file',
      parameters: { format: 'csv', fileField: 'data', maxRows: 5, header: true, keepEmpty: false },
      findings: [],
    });
    expect(mapped('extractFromFile', 1, { operation: 'other' }).type).toBe('placeholder');
    expect(mapped('moveBinaryData', 1, {})).toMatchObject({
      type: 'extract-from-file',
      parameters: { format: 'json', field: '', keep: 'nothing' },
      findings: [],
    });
    expect(mapped('moveBinaryData', 1, { setAllData: false, destinationKey: 'x' })).toMatchObject({
      parameters: { format: 'text', field: 'x', keep: 'fields' },
    });
    expect(mapped('moveBinaryData', 1, { mode: 'jsonToBinary' })).toMatchObject({
      type: 'convert-to-file',
      parameters: { format: 'json', scope: 'each' },
      findings: [],
    });
    const text = { operation: 'toText', sourceProperty: 'body', options: { fileName: 'a.txt' } };
    expect(mapped('convertToFile', 1.1, text)).toMatchObject({
      type: 'convert-to-file',
      parameters: { format: 'text', field: 'body', fileName: 'a.txt' },
      findings: [],
    });
  });

  it('reads spreadsheets, PDF and calendars', () => {
    const options = { sheetName: 'x', headerRow: false, includeEmptyCells: true };
    expect(mapped('extractFromFile', 1, { operation: 'xlsx', options })).toMatchObject({
      parameters: { format: 'spreadsheet', sheet: 'x', header: false, keepEmpty: true, dates: 'number' },
      findings: [],
    });
    expect(mapped('spreadsheetFile', 1, { options: { range: 'A2:B5' } })).toMatchObject({
      type: 'extract-from-file',
      parameters: { format: 'spreadsheet', range: 'A2:B5', rawTexts: false },
      findings: [],
    });
    expect(mapped('spreadsheetFile', 2, {}).parameters).toMatchObject({ rawTexts: true });
    const csv = { fileFormat: 'csv', options: { delimiter: ';' } };
    expect(mapped('spreadsheetFile', 2, csv).parameters).toMatchObject({ format: 'csv', delimiter: ';' });
    expect(mapped('spreadsheetFile', 2, { operation: 'toFile', fileFormat: 'ods' })).toEqual({
      type: 'convert-to-file',
      parameters: {
        ...{ format: 'ods', fileField: 'data', fileName: 'spreadsheet.ods', sheetName: 'Sheet' },
        ...{ header: true, lists: 'columns' },
      },
      findings: [],
    });
    expect(mapped('readPDF', 1, { encrypted: true, password: 'x' })).toMatchObject({
      type: 'extract-from-file',
      parameters: { format: 'pdf', password: 'x' },
      findings: [],
    });
    const pdf = { operation: 'pdf', options: { joinPages: false, maxPages: 2, keepSource: 'both' } };
    expect(mapped('extractFromFile', 1, pdf)).toMatchObject({
      parameters: { format: 'pdf', joinPages: false, maxPages: 2, keep: 'both' },
      findings: [],
    });
    expect(mapped('extractFromFile', 1, { operation: 'fromIcs' }).parameters).toMatchObject({
      format: 'ics',
    });
  });

  it('reads events, a node of its own and an operation of another', () => {
    const event = {
      title: 'Meeting',
      start: '2026-01-01T10:00:00',
      end: '={{ $json.end }}',
      additionalFields: {
        description: 'x',
        attendeesUi: { attendeeValues: [{ name: 'A', email: 'a@example.com', rsvp: true }] },
        organizerUi: { organizerValues: { name: 'B', email: 'b@example.com' } },
        geolocationUi: { geolocationValues: { lat: '30.5', lon: '={{ $json.lon }}' } },
        status: 'TENTATIVE',
      },
    };
    const expected = {
      type: 'calendar-event',
      parameters: {
        ...{ title: 'Meeting', start: '2026-01-01T10:00:00', end: '={{ $json.end }}', allDay: false },
        details: {
          ...{ description: 'x', organizerName: 'B', organizerEmail: 'b@example.com', status: 'TENTATIVE' },
          ...{ latitude: 30.5, longitude: '={{ $json.lon }}' },
        },
        attendees: [{ name: 'A', email: 'a@example.com', mustAnswer: true }],
        ...{ fileField: 'data', fileName: 'event.ics', keepFields: false },
      },
      findings: [],
    };
    expect(mapped('iCal', 1, event)).toEqual(expected);
    expect(mapped('convertToFile', 1, { operation: 'iCal', ...event })).toEqual(expected);
  });
});
