import { defineNode, derive, MAIN_PORT, NodeError, param } from '../../../node-kit/index.ts';
import { readFile } from './read-file.ts';
import { stoppable } from './stoppable.ts';

const READ = { operation: ['read'] };
/** Written whole: what a second attempt leaves behind is what the first would have. */
const EFFECTS = { read: 'read', write: 'keyed', append: 'unsafe' } as const;

export const readWriteFiles = defineNode({
  type: 'read-write-files',
  version: 1,
  group: 'files',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: [
    'file',
    'disk',
    'folder',
    'local',
    'load',
    'save',
    'append',
    '文件',
    '磁盘',
    '文件夹',
    '本地',
    '保存',
  ],
  parameters: {
    operation: param.select({ options: ['read', 'write', 'append'], default: 'read', expression: false }),
    path: param.string({ required: true, placeholder: 'reports/*.csv' }),
    fileField: param.string({ default: 'data', required: true }),
    keep: param.boolean({ visibleWhen: READ }),
    options: param.collection({
      fields: { fileName: param.string(), mimeType: param.string({ placeholder: 'text/csv' }) },
      visibleWhen: READ,
    }),
  },
  effect: ({ operation }) => EFFECTS[operation],
  execute(context) {
    return context.perItem(async (item, index) => {
      const { operation, path, fileField, keep, options } = context.parameters(index);
      if (operation === 'read') {
        const results = [];
        for (const found of await context.files.find(path)) {
          const { facts, file } = await readFile(found, options, context);
          const json = keep ? item.json : facts;
          results.push(derive(json, index, 0, { ...(keep && item.binary), [fileField]: file }));
        }
        return results;
      }
      const file = item.binary?.[fileField];
      if (!file) throw new NodeError('FIELD_MISSING', { field: fileField });
      const mode = operation === 'append' ? 'append' : 'replace';
      const content = stoppable(context.binary.stream(file), context.signal);
      const written = await context.files.write(path, content, mode);
      return derive({ ...item.json, fileName: path, path: written.path }, index, 0, item.binary);
    });
  },
});
