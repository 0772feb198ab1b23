import { param, type ParametersOf } from '../../../node-kit/index.ts';

const on = <const A extends string>(...actions: A[]) => ({ visibleWhen: { action: actions } });

/** How the library calls its ways of laying one image over another. */
export const BLENDS = [
  ...(['over', 'atop', 'in', 'out', 'xor', 'source', 'add', 'multiply', 'screen', 'overlay'] as const),
  ...(['darken', 'lighten', 'difference'] as const),
] as const;

export const RESIZE_FITS = [
  ...(['inside', 'outside', 'cover', 'contain', 'fill', 'shrink', 'enlarge', 'area', 'percent'] as const),
] as const;

/** One change to an image. Lengths are pixels, places are counted from the upper left corner. */
export const STEP_FIELDS = {
  action: param.select({
    options: ['resize', 'crop', 'rotate', 'flip', 'text', 'border', 'blur', 'composite', 'draw'],
    default: 'resize',
    expression: false,
  }),
  fit: param.select({ options: RESIZE_FITS, default: 'inside', ...on('resize') }),
  width: param.number({ default: 500, min: 0, ...on('resize', 'crop', 'border') }),
  height: param.number({ default: 500, min: 0, ...on('resize', 'crop', 'border') }),
  shape: param.select({ options: ['rectangle', 'circle', 'line'], default: 'rectangle', ...on('draw') }),
  text: param.string({ multiline: true, ...on('text') }),
  fileField: param.string({ default: 'overlay', required: true, ...on('composite') }),
  x: param.number({ default: 0, ...on('crop', 'text', 'composite', 'draw') }),
  y: param.number({ default: 0, ...on('crop', 'text', 'composite', 'draw') }),
  endX: param.number({ default: 100, ...on('draw') }),
  endY: param.number({ default: 100, ...on('draw') }),
  cornerRadius: param.number({
    default: 0,
    min: 0,
    visibleWhen: { action: ['draw'], shape: ['rectangle'] },
  }),
  angle: param.number({ default: 90, ...on('rotate') }),
  direction: param.select({ options: ['horizontal', 'vertical'], default: 'horizontal', ...on('flip') }),
  sigma: param.number({ default: 2, min: 0.3, max: 1000, ...on('blur') }),
  fontSize: param.number({ default: 24, min: 1, max: 2000, ...on('text') }),
  font: param.string({ placeholder: 'sans', ...on('text') }),
  lineLength: param.number({ default: 0, min: 0, integer: true, ...on('text') }),
  color: param.string({ default: '#000000', required: true, ...on('rotate', 'text', 'border', 'draw') }),
  blend: param.select({ options: BLENDS, default: 'over', ...on('composite') }),
};

export type Step = ParametersOf<typeof STEP_FIELDS>;
