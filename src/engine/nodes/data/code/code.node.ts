import { defineNode, MAIN_PORT, param } from '../../../node-kit/index.ts';

const SNIPPET = `// All items: $input.all(). In mode "each item": $json is the item's data.
// Return an object or a list of objects.
return $input.all();
`;

export const code = defineNode({
  type: 'code',
  version: 1,
  group: 'data',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['javascript', 'script', 'function', 'custom', '代码', '脚本', '函数', '自定义'],
  parameters: {
    language: param.select({ options: ['javascript'], default: 'javascript', expression: false }),
    mode: param.select({ options: ['all-items', 'each-item'], default: 'all-items', expression: false }),
    code: param.code({ language: 'javascript', default: SNIPPET, required: true }),
    timeoutMs: param.number({ default: 5000, min: 1, max: 3_600_000, integer: true }),
    memoryMb: param.number({ default: 128, min: 8, max: 4096, integer: true }),
  },
  effect: 'pure',
  async execute(context) {
    const { language, mode, code: text, timeoutMs, memoryMb } = context.parameters(0);
    return context.runCode({ language, mode, code: text, timeoutMs, memoryMb });
  },
});
