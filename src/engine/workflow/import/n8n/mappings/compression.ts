import type { NodeMapping } from '../mapping.ts';
import { isExpression } from '../parameter-source.ts';

export const compression: NodeMapping = {
  from: ['compression'],
  map(source) {
    const { parameters } = source;
    const operations = { compress: 'compress', decompress: 'decompress' };
    const operation = source.choose<string>('operation', operations, 'decompress');
    const fileFields = parameters.text('binaryPropertyName', 'data');
    if (operation === 'decompress') {
      const outputPrefix = parameters.text('outputPrefix', 'file_');
      return { type: 'compression', parameters: { operation, fileFields, outputPrefix } };
    }
    const isFirst = source.version < 1.1;
    const format = source.choose<string>('outputFormat', { zip: 'zip', gzip: 'gzip' }, 'zip');
    if (format === 'zip' || !isFirst) {
      const fileName = parameters.text('fileName');
      const outputField = parameters.text('binaryPropertyOutput', 'data');
      return { type: 'compression', parameters: { operation, fileFields, format, fileName, outputField } };
    }
    const prefix = parameters.text('outputPrefix', 'data');
    const hasSeveral = !isExpression(fileFields) && fileFields.includes(',');
    // The first version numbers even a single file.
    const outputField = hasSeveral ? prefix : `${prefix}0`;
    return { type: 'compression', parameters: { operation, fileFields, format, outputField } };
  },
};
