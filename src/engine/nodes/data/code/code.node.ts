import { defineNode, MAIN_PORT, param } from '../../../node-kit/index.ts';

const SNIPPET = `// All items: $input.all(). In mode "each item": $json is the item's data.
// Return an object or a list of objects.
return $input.all();
`;

const PYTHON_SNIPPET = `# All items: _input.all(). In mode "each item": _json is the item's data.
# Return a dict or a list of dicts.
return _input.all()
`;

export const code = defineNode({
  type: 'code',
  version: 1,
  group: 'data',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['javascript', 'python', 'script', 'function', 'custom', '代码', '脚本', '函数', '自定义'],
  parameters: {
    language: param.select({ options: ['javascript', 'python'], default: 'javascript', expression: false }),
    mode: param.select({ options: ['all-items', 'each-item'], default: 'all-items', expression: false }),
    code: param.code({
      language: 'javascript',
      default: SNIPPET,
      required: true,
      visibleWhen: { language: ['javascript'] },
    }),
    pythonCode: param.code({
      language: 'python',
      default: PYTHON_SNIPPET,
      required: true,
      visibleWhen: { language: ['python'] },
    }),
    timeoutMs: param.number({ default: 5000, min: 1, max: 3_600_000, integer: true }),
    memoryMb: param.number({ default: 128, min: 8, max: 4096, integer: true }),
  },
  effect: 'pure',
  async execute(context) {
    const { language, code: javascript, pythonCode, ...limits } = context.parameters(0);
    return context.runCode({ ...limits, language, code: language === 'python' ? pythonCode : javascript });
  },
});
