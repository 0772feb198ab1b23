export {
  createCodeRunner,
  type CodeRunner,
  type CodeRunOptions,
  type CodeRunRequest,
} from './code-runner.ts';
export { describeBinary } from './binary-view.ts';
export { answerCall, lookUp } from './host-calls.ts';
export type { LocalContext } from './local-isolate.ts';
export { EXTENSION_NAMES } from './runtime.gen.ts';
export { HIDDEN_NAMES, SCOPE_NAMES } from './runtime/names.ts';
export { textOf } from './runtime/text-of.ts';
export { createRust } from './rust/create-rust.ts';
export { createPython } from './python/create-python.ts';
export { createSandbox, type Sandbox } from './sandbox.ts';
export type { ExpressionScope, NodeScope, PageScope } from './scope.ts';
