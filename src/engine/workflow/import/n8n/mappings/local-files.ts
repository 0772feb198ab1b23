import type { NodeMapping, SourceNode } from '../mapping.ts';

export const readBinaryFile: NodeMapping = {
  from: ['readBinaryFile'],
  map: ({ parameters }) => ({
    type: 'read-write-files',
    parameters: {
      operation: 'read',
      path: parameters.text('filePath'),
      fileField: parameters.text('dataPropertyName', 'data'),
      keep: true,
    },
  }),
};

export const readBinaryFiles: NodeMapping = {
  from: ['readBinaryFiles'],
  map: ({ parameters }) => ({
    type: 'read-write-files',
    parameters: {
      operation: 'read',
      path: parameters.text('fileSelector'),
      fileField: parameters.text('dataPropertyName', 'data'),
    },
    // Its pattern is that of the first item.
    executeOnce: true,
  }),
};

export const writeBinaryFile: NodeMapping = { from: ['writeBinaryFile'], map: written };

export const readWriteFile: NodeMapping = {
  from: ['readWriteFile'],
  map(source) {
    const { parameters } = source;
    if (source.choose<string>('operation', { read: 'read', write: 'write' }, 'read') === 'write')
      return written(source);
    const options = parameters.child('options');
    const given = { fileName: options.text('fileName'), mimeType: options.text('mimeType') };
    return {
      type: 'read-write-files',
      parameters: {
        operation: 'read',
        path: parameters.text('fileSelector'),
        fileField: options.text('dataPropertyName', 'data'),
        options: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '')),
      },
    };
  },
};

function written(source: SourceNode) {
  const { parameters } = source;
  const modes = { true: 'append', false: 'write' };
  return {
    type: 'read-write-files',
    parameters: {
      operation: source.choose<string>('append', modes, 'write', parameters.child('options')),
      path: parameters.text('fileName'),
      fileField: parameters.text('dataPropertyName', 'data'),
    },
  };
}
