import type { SourceNode, NodeMapping } from '../mapping.ts';
import type { ParameterSource } from '../parameter-source.ts';

type Step = Record<string, unknown>;

const FITS = {
  ...{ maximumArea: 'area', minimumArea: 'outside', ignoreAspectRatio: 'fill', percent: 'percent' },
  ...{ onlyIfLarger: 'shrink', onlyIfSmaller: 'enlarge' },
};
const BLENDS = {
  ...{ Over: 'over', Atop: 'atop', In: 'in', Out: 'out', Xor: 'xor', Copy: 'source' },
  ...{ Add: 'add', Plus: 'add', Multiply: 'multiply', Difference: 'difference' },
};
const FORMATS = { png: 'png', jpeg: 'jpeg', webp: 'webp', gif: 'gif', tiff: 'tiff' };
const SHAPES = { rectangle: 'rectangle', circle: 'circle', line: 'line' };

export const editImage: NodeMapping = {
  from: ['editImage'],
  map(source) {
    const { parameters } = source;
    const operation = parameters.text('operation', 'border');
    const fileField = parameters.text('dataPropertyName', 'data');
    if (operation === 'information')
      return { type: 'edit-image', parameters: { operation: 'information', fileField } };
    const options = parameters.child('options');
    const font = options.text('font');
    const rows = operation === 'multiStep' ? parameters.rows('operations', 'operations') : [parameters];
    const [first] = rows;
    const isNew = (operation === 'multiStep' ? first?.text('operation') : operation) === 'create';
    const steps: Step[] = [];
    for (const row of isNew ? rows.slice(1) : rows) {
      const step = stepOf(operation === 'multiStep' ? row.text('operation') : operation, row, {
        source,
        font,
      });
      // A step left out changes all that come after it.
      if (!step) return null;
      steps.push(step);
    }
    const created =
      isNew && first
        ? {
            operation: 'create',
            width: first.number('width', 50),
            height: first.number('height', 50),
            background: colorOf(first, 'backgroundColor', '#ffffff00', source),
          }
        : { operation: 'edit' };
    return {
      type: 'edit-image',
      parameters: {
        ...created,
        fileField,
        steps,
        format: source.choose('format', FORMATS, 'same', options),
        quality: options.number('quality', 100),
        fileName: options.text('fileName'),
      },
    };
  },
};

/** Null for what has no counterpart. */
function stepOf(
  action: string,
  row: ParameterSource,
  { source, font }: { source: SourceNode; font: string },
): Step | null {
  const place = (name: string, fallback: number) => row.number(name, fallback);
  const color = (name: string, fallback: string) => colorOf(row, name, fallback, source);
  switch (action) {
    case 'blur':
      return { action, sigma: row.number('sigma', 2) };
    case 'border':
      return {
        action,
        width: row.number('borderWidth', 10),
        height: row.number('borderHeight', 10),
        color: color('borderColor', '#ffffffff'),
      };
    case 'composite':
      return {
        action,
        fileField: row.text('dataPropertyNameComposite'),
        blend: source.choose('operator', BLENDS, 'over', row),
        x: place('positionX', 0),
        y: place('positionY', 0),
      };
    case 'crop':
      return {
        action,
        width: row.number('width', 500),
        height: row.number('height', 500),
        x: place('positionX', 0),
        y: place('positionY', 0),
      };
    case 'draw':
      return {
        action,
        shape: source.choose('primitive', SHAPES, 'rectangle', row),
        x: place('startPositionX', 50),
        y: place('startPositionY', 50),
        endX: place('endPositionX', 250),
        endY: place('endPositionY', 50),
        cornerRadius: row.number('cornerRadius', 0),
        color: color('color', '#ff000000'),
      };
    case 'resize':
      return {
        action,
        fit: source.choose('resizeOption', FITS, 'area', row),
        width: row.number('width', 500),
        height: row.number('height', 500),
      };
    case 'rotate':
      return { action, angle: row.number('rotate', 0), color: color('backgroundColor', '#ffffffff') };
    case 'text': {
      const fontSize = row.number('fontSize', 18);
      return {
        action,
        text: row.text('text'),
        fontSize,
        ...(font !== '' && { font }),
        lineLength: row.number('lineLength', 80),
        color: color('fontColor', '#000000'),
        x: place('positionX', 50),
        y: topOf(place('positionY', 50), fontSize, source),
      };
    }
    default:
      return null;
  }
}

/** Without the fourth pair of digits: there, it does not reliably mean what it does in a browser. */
function colorOf(row: ParameterSource, name: string, fallback: string, source: SourceNode): string {
  const value = row.text(name, fallback);
  if (!/^#[0-9a-f]{8}$/i.test(value)) return value;
  const used = value.slice(0, 7);
  if (row.has(name)) source.note('approximated', 'OPTION_UNSUPPORTED', { parameter: name, value, used });
  return used;
}

/** Where a text begins that was placed by its base line. */
function topOf(y: number | string, fontSize: number | string, source: SourceNode): number | string {
  if (typeof y === 'number' && typeof fontSize === 'number') return y - fontSize;
  source.note('approximated', 'OPTION_UNSUPPORTED', { parameter: 'positionY', value: y, used: y });
  return y;
}
