import { defineNode, MAIN_PORT, param } from '../../../node-kit/index.ts';

const SNIPPET = `// All items: fn run(items: Vec<Value>). In mode "each item": fn run(item: Value).
// Give back a Value, a list of them, or a Result.
fn run(items: Vec<Value>) -> Vec<Value> {
    items
}
`;

export const rustSnippet = defineNode({
  type: 'rust-snippet',
  version: 1,
  group: 'data',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['rust', 'wasm', 'webassembly', 'code', 'script', '代码', '脚本', '编译'],
  parameters: {
    mode: param.select({ options: ['all-items', 'each-item'], default: 'all-items', expression: false }),
    code: param.code({ language: 'rust', default: SNIPPET, required: true }),
    timeoutMs: param.number({ default: 5000, min: 1, max: 3_600_000, integer: true }),
    memoryMb: param.number({ default: 128, min: 8, max: 4096, integer: true }),
  },
  effect: 'pure',
  execute: (context) => context.runCode({ language: 'rust', ...context.parameters(0) }),
});
