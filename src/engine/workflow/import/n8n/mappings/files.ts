import type { NodeMapping } from '../mapping.ts';

const ENCODINGS: Readonly<Record<string, string>> = {
  ...{ utf8: 'utf-8', 'utf-8': 'utf-8', utf16le: 'utf-16le', 'utf-16le': 'utf-16le', 'utf-16be': 'utf-16be' },
  ...{ gb18030: 'gb18030', gb2312: 'gb18030', gbk: 'gb18030', big5: 'big5', shift_jis: 'shift_jis' },
  ...{ 'euc-jp': 'euc-jp', 'euc-kr': 'euc-kr', windows1252: 'windows-1252', windows1251: 'windows-1251' },
};

export const extractFromFile: NodeMapping = {
  from: ['extractFromFile'],
  map(source) {
    const { parameters } = source;
    const formats = { csv: 'csv', fromJson: 'json', text: 'text', xml: 'text', binaryToPropery: 'base64' };
    const operation = parameters.text('operation', 'csv');
    if (!Object.hasOwn(formats, operation)) return null;
    const format = formats[operation as keyof typeof formats];
    const options = parameters.child('options');
    const common = {
      format,
      fileField: parameters.text('binaryPropertyName', 'data'),
      ...(format !== 'base64' && { encoding: source.choose('encoding', ENCODINGS, 'utf-8', options) }),
    };
    // A byte order mark never becomes part of a text.
    options.ignore('stripBOM', 'enableBOM');
    if (format === 'csv') {
      const most = options.number('maxRowCount', -1);
      return {
        type: 'extract-from-file',
        parameters: {
          ...common,
          delimiter: options.text('delimiter', ','),
          header: options.flag('headerRow', true),
          fromLine: options.number('fromLine', 0) || 1,
          maxRows: typeof most === 'number' ? Math.max(most, 0) : most,
          keepEmpty: options.flag('includeEmptyCells'),
        },
      };
    }
    const keeps = { json: 'fields', binary: 'files', both: 'both' };
    const keep = source.choose<string>('keepSource', keeps, 'nothing', options);
    return {
      type: 'extract-from-file',
      parameters: { ...common, field: parameters.text('destinationKey', 'data'), keep },
    };
  },
};

export const convertToFile: NodeMapping = {
  from: ['convertToFile'],
  map(source) {
    const { parameters } = source;
    const formats = { csv: 'csv', toJson: 'json', toText: 'text', toBinary: 'base64' };
    const operation = parameters.text('operation', 'csv');
    if (!Object.hasOwn(formats, operation)) return null;
    const format = formats[operation as keyof typeof formats];
    const options = parameters.child('options');
    const common = {
      format,
      fileField: parameters.text('binaryPropertyName', 'data'),
      fileName: options.text('fileName'),
    };
    if (format === 'base64') {
      const field = parameters.text('sourceProperty');
      const mimeType = options.text('mimeType');
      return { type: 'convert-to-file', parameters: { ...common, field, mimeType } };
    }
    source.choose('encoding', { utf8: 'utf8', 'utf-8': 'utf8' }, 'utf8', options);
    const byteOrderMark = options.flag('addBOM');
    if (format === 'text') {
      const field = parameters.text('sourceProperty');
      return { type: 'convert-to-file', parameters: { ...common, field, byteOrderMark } };
    }
    const settings =
      format === 'csv'
        ? { delimiter: options.text('delimiter', ','), header: options.flag('headerRow', true) }
        : {
            scope: source.choose<string>('mode', { once: 'all', each: 'each' }, 'all'),
            indented: options.flag('format'),
          };
    return { type: 'convert-to-file', parameters: { ...common, ...settings, byteOrderMark } };
  },
};

export const moveBinaryData: NodeMapping = {
  from: ['moveBinaryData'],
  map(source) {
    const { parameters } = source;
    const options = parameters.child('options');
    if (parameters.take('mode', 'binaryToJson') === 'jsonToBinary') {
      // A part of the item leaves the rest behind, which converting to a file does not.
      if (parameters.take('convertAllData', true) !== true) return null;
      options.ignore('useRawData');
      return {
        type: 'convert-to-file',
        parameters: {
          format: 'json',
          scope: 'each',
          fileField: parameters.text('destinationKey', 'data'),
          fileName: options.text('fileName'),
          byteOrderMark: options.flag('addBOM'),
        },
      };
    }
    options.ignore('stripBOM');
    const whole = parameters.take('setAllData', true) === true;
    const isBase64 = options.flag('keepAsBase64') === true;
    const isParsed = options.flag('jsonParse') === true;
    const keepsFiles = options.flag('keepSource') === true;
    const target = parameters.text('destinationKey', 'data');
    const format = whole || isParsed ? 'json' : isBase64 ? 'base64' : 'text';
    const keep = whole ? (keepsFiles ? 'files' : 'nothing') : keepsFiles ? 'both' : 'fields';
    return {
      type: 'extract-from-file',
      parameters: {
        format,
        fileField: parameters.text('sourceKey', 'data'),
        field: whole ? '' : target,
        encoding: source.choose('encoding', ENCODINGS, 'utf-8', options),
        keep,
      },
    };
  },
};
