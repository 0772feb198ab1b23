import type { NodeMapping } from '../mapping.ts';
import { TEXT_ENCODINGS } from './text-encodings.ts';

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
        encoding: source.choose('encoding', TEXT_ENCODINGS, 'utf-8', options),
        keep,
      },
    };
  },
};
