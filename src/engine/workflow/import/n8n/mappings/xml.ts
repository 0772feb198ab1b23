import type { NodeMapping } from '../mapping.ts';

export const xml: NodeMapping = {
  from: ['xml'],
  map(source) {
    const { parameters } = source;
    const options = parameters.child('options');
    const direction = source.choose('mode', { xmlToJson: 'to-json', jsonToxml: 'to-xml' }, 'to-json');
    // Characters outside the basic plane are always written.
    options.ignore('allowSurrogateChars');
    return {
      type: 'xml',
      parameters: {
        direction,
        field: parameters.text('dataPropertyName', 'data'),
        attributeKey: options.text('attrkey', '$'),
        textKey: options.text('charkey', '_'),
        ...(direction === 'to-xml'
          ? {
              rootName: options.text('rootName', 'root'),
              declaration: options.flag('headless') !== true,
              cdata: options.flag('cdata'),
            }
          : {
              explicitRoot: options.flag('explicitRoot', true),
              explicitArray: options.flag('explicitArray'),
              mergeAttributes: options.flag('mergeAttrs', true),
              ignoreAttributes: options.flag('ignoreAttrs'),
              trim: options.flag('trim'),
              normalize: options.flag('normalize'),
              lowerCaseNames: options.flag('normalizeTags'),
            }),
      },
    };
  },
};
