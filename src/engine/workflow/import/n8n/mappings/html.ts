import type { MappedNode, NodeMapping, SourceNode } from '../mapping.ts';
import { isExpression } from '../parameter-source.ts';

export const html: NodeMapping = {
  from: ['html'],
  map(source) {
    const operation = source.parameters.take('operation', 'generateHtmlTemplate');
    if (operation === 'extractHtmlContent') return extract(source, source.version >= 1.2);
    if (operation === 'convertToHtmlTable') return table(source);
    if (operation !== 'generateHtmlTemplate') return null;
    const template = source.parameters.text('html');
    const hasExpressions = template.includes('{{') && !isExpression(template);
    return {
      type: 'html',
      parameters: { operation: 'template', template: hasExpressions ? `=${template}` : template },
    };
  },
};

function table({ parameters }: SourceNode): MappedNode {
  const options = parameters.child('options');
  return {
    type: 'html',
    parameters: {
      operation: 'table',
      caption: options.text('caption'),
      capitalize: options.flag('capitalize'),
      styled: options.flag('customStyling') !== true,
      tableAttributes: options.text('tableAttributes'),
      headerAttributes: options.text('headerAttributes'),
      rowAttributes: options.text('rowAttributes'),
      cellAttributes: options.text('cellAttributes'),
    },
  };
}

/** The node that came before HTML. */
export const htmlExtract: NodeMapping = { from: ['htmlExtract'], map: (source) => extract(source, false) };

function extract(source: SourceNode, layout: boolean): MappedNode {
  const { parameters } = source;
  const options = parameters.child('options');
  return {
    type: 'html',
    parameters: {
      operation: 'extract',
      source: source.choose<string>('sourceData', { json: 'field', binary: 'file' }, 'field'),
      field: parameters.text('dataPropertyName', 'data'),
      values: parameters.rows('extractionValues', 'values').map((row) => ({
        key: row.text('key'),
        selector: row.text('cssSelector'),
        take: source.choose<string>(
          'returnValue',
          { text: 'text', html: 'html', attribute: 'attribute', value: 'value' },
          'text',
          row,
        ),
        attribute: row.text('attribute'),
        skip: row.text('skipSelectors'),
        all: row.flag('returnArray'),
      })),
      layout,
      trim: options.flag('trimValues'),
      oneLine: options.flag('cleanUpText'),
    },
  };
}
