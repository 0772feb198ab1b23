import type { Item } from '../../../../contract/index.ts';
import { baseName, defineNode, derive, MAIN_PORT, NodeError, param } from '../../../node-kit/index.ts';
import { applyStep } from './apply-step.ts';
import { blankCanvas, openImage } from './canvas.ts';
import { checkColor } from './color.ts';
import { describeImage } from './describe-image.ts';
import { encodeImage, IMAGE_FORMATS } from './encode-image.ts';
import { STEP_FIELDS } from './step-fields.ts';

const CREATE = { operation: ['create'] };
const CHANGE = { operation: ['edit', 'create'] };

export const editImage = defineNode({
  type: 'edit-image',
  version: 1,
  group: 'files',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: [
    ...['image', 'picture', 'photo', 'resize', 'crop', 'watermark', 'thumbnail', 'convert', 'webp'],
    ...['图片', '图像', '缩放', '裁剪', '水印', '缩略图', '旋转', '格式转换'],
  ],
  parameters: {
    operation: param.select({
      options: ['edit', 'create', 'information'],
      default: 'edit',
      expression: false,
    }),
    fileField: param.string({ default: 'data', required: true }),
    width: param.number({ default: 500, min: 1, integer: true, visibleWhen: CREATE }),
    height: param.number({ default: 500, min: 1, integer: true, visibleWhen: CREATE }),
    background: param.string({ default: '#ffffff', required: true, visibleWhen: CREATE }),
    steps: param.list({ fields: STEP_FIELDS, visibleWhen: CHANGE }),
    format: param.select({ options: IMAGE_FORMATS, default: 'same', visibleWhen: CHANGE }),
    quality: param.number({ default: 90, min: 1, max: 100, integer: true, visibleWhen: CHANGE }),
    fileName: param.string({ placeholder: 'thumbnail.webp', visibleWhen: CHANGE }),
  },
  effect: 'pure',
  execute(context) {
    return context.perItem(async (item, index) => {
      const settings = context.parameters(index);
      const { operation, fileField, steps } = settings;
      const bytesOf = (field: string) => context.binary.read(fileOf(item, field));
      if (operation === 'information')
        return derive(await describeImage(await bytesOf(fileField), fileField), index, 0, item.binary);

      const source =
        operation === 'create'
          ? {
              canvas: await blankCanvas(settings.width, settings.height, checkColor(settings.background)),
              format: 'png',
            }
          : await openImage(await bytesOf(fileField), fileField);
      let { canvas } = source;
      for (const step of steps) {
        context.signal.throwIfAborted();
        canvas = await applyStep(
          canvas,
          step,
          async (field) => (await openImage(await bytesOf(field), field)).canvas,
        );
      }
      const { bytes, mimeType, ending } = await encodeImage(canvas, { ...settings, original: source.format });
      const stem = baseName(item.binary?.[fileField]?.fileName ?? 'image').replace(/\.[^.]*$/, '');
      const fileName = settings.fileName || `${stem}.${ending}`;
      const file = await context.binary.write(bytes, { mimeType, fileName });
      return derive(item.json, index, 0, { ...item.binary, [fileField]: file });
    });
  },
});

function fileOf(item: Item, field: string) {
  const file = item.binary?.[field];
  if (!file) throw new NodeError('FIELD_MISSING', { field });
  return file;
}
