import type {
  NodeTypeDescription,
  NodeTypeTexts,
  ParameterDescription,
  ParameterTexts,
} from '../../src/contract/index.ts';

/** Sentences about what a node type shows and a locale file does not say, and about texts that nothing shows. */
export function findTextGaps(
  node: Pick<NodeTypeDescription, 'inputs' | 'outputs' | 'parameters' | 'credentials'>,
  texts: NodeTypeTexts,
): string[] {
  const ports = [...node.inputs, ...node.outputs].map(({ name }) => name);
  return [
    ...(texts.name.trim() === '' ? ['name is empty'] : []),
    ...(texts.description.trim() === '' ? ['description is empty'] : []),
    // A lone way in or out needs no name.
    ...compare(
      'ports',
      ports.filter((name) => name !== 'main'),
      texts.ports,
      ports,
    ),
    ...compare(
      'credentials',
      node.credentials.map(({ name }) => name),
      texts.credentials,
    ),
    ...parameterGaps('parameters', node.parameters, texts.parameters),
  ];
}

function parameterGaps(
  at: string,
  parameters: readonly ParameterDescription[],
  texts: Record<string, ParameterTexts> = {},
): string[] {
  const gaps = compare(
    at,
    parameters.map(({ name }) => name),
    texts,
  );
  for (const parameter of parameters) {
    const text = texts[parameter.name];
    if (!text) continue;
    const path = `${at}.${parameter.name}`;
    if (text.label.trim() === '') gaps.push(`${path}.label is empty`);
    const options = 'options' in parameter ? parameter.options.map(String) : [];
    gaps.push(...compare(`${path}.options`, options.filter(needsText), text.options, options));
    gaps.push(...parameterGaps(`${path}.fields`, 'fields' in parameter ? parameter.fields : [], text.fields));
  }
  return gaps;
}

/** Numbers and the upper-case words of protocols (GET, UTF-8) read the same in every language. */
function needsText(option: string): boolean {
  return !/^[A-Z0-9.+-]+$/.test(option);
}

function compare(
  at: string,
  needed: readonly string[],
  texts: Record<string, unknown> = {},
  known: readonly string[] = needed,
): string[] {
  return [
    ...needed.filter((name) => !texts[name]).map((name) => `${at}.${name} is missing`),
    ...Object.keys(texts)
      .filter((name) => !known.includes(name))
      .map((name) => `${at}.${name} belongs to nothing`),
  ];
}
