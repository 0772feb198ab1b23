import type { MappedNode, NodeMapping } from '../mapping.ts';
import { calendarEvent } from './calendar-event.ts';
import { writeTable } from './spreadsheet-options.ts';

const TABLES: ReadonlySet<string> = new Set(['csv', 'html', 'ods', 'rtf', 'xls', 'xlsx']);

export const convertToFile: NodeMapping = {
  from: ['convertToFile'],
  map(source) {
    const { parameters } = source;
    const operation = parameters.text('operation', 'csv');
    if (operation === 'iCal') return calendarEvent(source);
    const fileField = parameters.text('binaryPropertyName', 'data');
    const options = parameters.child('options');
    if (TABLES.has(operation)) {
      source.choose('encoding', UTF_8, 'utf8', options);
      return convert({ fileField, ...writeTable(operation, 'file', options) });
    }
    const common = { fileField, fileName: options.text('fileName') };
    switch (operation) {
      case 'toBinary':
        return convert({
          ...common,
          format: 'base64',
          field: parameters.text('sourceProperty'),
          mimeType: options.text('mimeType'),
        });
      case 'toText':
        source.choose('encoding', UTF_8, 'utf8', options);
        return convert({
          ...common,
          format: 'text',
          field: parameters.text('sourceProperty'),
          byteOrderMark: options.flag('addBOM'),
        });
      case 'toJson':
        source.choose('encoding', UTF_8, 'utf8', options);
        return convert({
          ...common,
          format: 'json',
          scope: source.choose<string>('mode', { once: 'all', each: 'each' }, 'all'),
          indented: options.flag('format'),
          byteOrderMark: options.flag('addBOM'),
        });
      default:
        return null;
    }
  },
};

const UTF_8 = { utf8: 'utf8', 'utf-8': 'utf8' };

function convert(parameters: Record<string, unknown>): MappedNode {
  return { type: 'convert-to-file', parameters };
}
