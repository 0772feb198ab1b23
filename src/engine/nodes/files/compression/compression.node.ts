import type { Item } from '../../../../contract/index.ts';
import { defineNode, derive, MAIN_PORT, NodeError, param } from '../../../node-kit/index.ts';
import { NAME_ENCODINGS } from './entry-name.ts';
import { pack, type FieldFile } from './pack.ts';
import { unpack } from './unpack.ts';

const COMPRESS = { operation: ['compress'] };
const DECOMPRESS = { operation: ['decompress'] };

export const compression = defineNode({
  type: 'compression',
  version: 1,
  group: 'files',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['zip', 'unzip', 'gzip', 'gz', 'archive', 'unpack', '压缩', '解压', '打包', '压缩包', '归档'],
  parameters: {
    operation: param.select({
      options: ['compress', 'decompress'],
      default: 'decompress',
      expression: false,
    }),
    fileFields: param.string({ default: 'data', required: true }),
    format: param.select({ options: ['zip', 'gzip'], default: 'zip', visibleWhen: COMPRESS }),
    fileName: param.string({ placeholder: 'archive.zip', visibleWhen: COMPRESS }),
    outputField: param.string({ default: 'data', required: true, visibleWhen: COMPRESS }),
    outputPrefix: param.string({ default: 'file_', visibleWhen: DECOMPRESS }),
    nameEncoding: param.select({ options: NAME_ENCODINGS, default: 'auto', visibleWhen: DECOMPRESS }),
    maxSizeMb: param.number({ default: 1024, min: 1, visibleWhen: DECOMPRESS }),
    maxFiles: param.number({ default: 1000, min: 1, integer: true, visibleWhen: DECOMPRESS }),
  },
  effect: 'pure',
  execute(context) {
    return context.perItem(async (item, index) => {
      const settings = context.parameters(index);
      const files = filesOf(item, settings.fileFields);
      const binary =
        settings.operation === 'compress'
          ? await pack(files, { ...settings, modifiedAt: context.now() }, context)
          : await unpack(files, settings, context);
      return derive(item.json, index, 0, binary);
    });
  },
});

function filesOf(item: Item, fields: string): FieldFile[] {
  const names = fields.split(',').map((name) => name.trim());
  return names.filter(Boolean).map((field) => {
    const file = item.binary?.[field];
    if (!file) throw new NodeError('FIELD_MISSING', { field });
    return { field, file };
  });
}
