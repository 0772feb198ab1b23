import type { MappedNode, NodeMapping, SourceNode } from '../mapping.ts';

/** What n8n's Code node begins with; exports leave it out. */
const FIRST_ALL = `// Loop over input items and add a new field called 'myNewField' to the JSON of each one
for (const item of $input.all()) {
  item.json.myNewField = 1;
}

return $input.all();`;
const FIRST_EACH = `// Add a new field called 'myNewField' to the JSON of the item
$input.item.json.myNewField = 1;

return $input.item;`;

const FIRST_PYTHON_ALL = `# Loop over input items and add a new field called 'myNewField' to the JSON of each one
for item in _input.all():
  item.json.myNewField = 1
return _input.all()`;
const FIRST_PYTHON_EACH = `# Add a new field called 'myNewField' to the JSON of the item
_input.item.json.myNewField = 1
return _input.item`;

type Mode = 'all-items' | 'each-item';
const MODES: Readonly<Record<string, Mode>> = {
  runOnceForAllItems: 'all-items',
  runOnceForEachItem: 'each-item',
};

export const code: NodeMapping = {
  from: ['code'],
  map(source) {
    const { parameters } = source;
    const language = parameters.text('language', 'javaScript');
    const mode = source.choose<Mode>('mode', MODES, 'all-items');
    const text = parameters.text('jsCode', mode === 'all-items' ? FIRST_ALL : FIRST_EACH);
    if (language === 'python' || language === 'pythonNative') return pythonNode(source, mode);
    parameters.ignore('pythonCode');
    return codeNode(source, text, mode);
  },
};

export const functionNode: NodeMapping = {
  from: ['function'],
  map: (source) =>
    codeNode(
      source,
      source.parameters.text('functionCode', 'items[0].json.myVariable = 1;\nreturn items;'),
      'all-items',
    ),
};

/** Its code names the item's data `item` and gives that back; files are got and set by functions. */
export const functionItem: NodeMapping = {
  from: ['functionItem'],
  map: (source) => {
    const text = source.parameters.text('functionCode', 'item.myVariable = 1;\nreturn item;');
    const isAboutFiles = /\b[gs]etBinaryData\b/.test(text);
    return codeNode(source, isAboutFiles ? withFiles(text) : `let item = $json;\n${text}`, 'each-item');
  },
};

function pythonNode(source: SourceNode, mode: Mode): MappedNode {
  const { parameters } = source;
  parameters.ignore('notice', 'jsCode');
  const pythonCode = parameters.text(
    'pythonCode',
    mode === 'all-items' ? FIRST_PYTHON_ALL : FIRST_PYTHON_EACH,
  );
  for (const [pattern, name] of MISSING_IN_PYTHON)
    if (pattern.test(pythonCode))
      source.note('approximated', 'EXPRESSION_UNSUPPORTED', { name, parameter: 'pythonCode' });
  return { type: 'code', parameters: { language: 'python', mode, pythonCode, timeoutMs: 60_000 } };
}

const withFiles = (text: string) => `let item = $json;
let files = $input.item.binary;
const getBinaryData = () => files;
const setBinaryData = (next) => { files = next; };
const json = await (async () => {
${text}
})();
return files ? { json, binary: files } : { json };`;

const MISSING: ReadonlyArray<[RegExp, string]> = [
  [/\bgetBinaryDataAsync\b|\bsetBinaryDataAsync\b|this\.helpers\b|\$helpers\b/, 'this.helpers'],
  [/\bgetWorkflowStaticData\b/, 'getWorkflowStaticData'],
  [/\brequire\s*\(/, 'require'],
];

const MISSING_IN_PYTHON: ReadonlyArray<[RegExp, string]> = [
  [/^\s*(?:import|from)\s+(?:js|pyodide|pyodide_js|micropip)\b/m, 'js'],
  [/^\s*(?:import|from)\s+(?:numpy|pandas|requests|httpx|scipy|matplotlib)\b/m, 'pip'],
  [/\bawait\b/, 'await'],
  [/_jmespath\b/, '_jmespath'],
  [/_getWorkflowStaticData\b/, '_getWorkflowStaticData'],
];

function codeNode(source: SourceNode, text: string, mode: 'all-items' | 'each-item'): MappedNode {
  source.parameters.ignore('notice');
  for (const [pattern, name] of MISSING)
    if (pattern.test(text))
      source.note('approximated', 'EXPRESSION_UNSUPPORTED', { name, parameter: 'code' });
  return { type: 'code', parameters: { language: 'javascript', mode, code: text, timeoutMs: 60_000 } };
}
