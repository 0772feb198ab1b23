/**
 * Published ways to get hold of the host from a sandbox for JavaScript. Each is an expression; what comes of it must be
 * nothing, "undefined", or an error. README.md lists them.
 */
export const REACH: ReadonlyArray<readonly [name: string, source: string]> = [
  ['the Function constructor of a literal', `[].constructor.constructor('return typeof process')()`],
  ['the Function constructor of a helper', `$jmespath.constructor('return typeof process')()`],
  ['the Function constructor of a node accessor', `$('Orders').first.constructor('return typeof process')()`],
  [
    'the Function constructor of a proxy',
    `$node.constructor ? $node.constructor('return typeof process')() : 'undefined'`,
  ],
  ['the Function constructor of Luxon', `DateTime.now.constructor('return typeof process')()`],
  ['the constructor chain of $json', `$json.constructor.constructor('return typeof require')()`],
  [
    'the constructor chain of this',
    `(function () { return this.constructor ? this.constructor.constructor('return typeof process')() : 'undefined' })()`,
  ],
  [
    'the generator function constructor',
    `(function* () {}).constructor('yield typeof process')().next().value`,
  ],
  [
    'an accessor found by a legacy lookup',
    `({}).__lookupGetter__('__proto__').call($json).constructor.constructor('return typeof process')()`,
  ],
  [
    'Reflect.construct',
    `[].constructor.constructor('return typeof Reflect.construct(Function, ["return process"])')()` +
      `.replace('function', 'undefined')`,
  ],
  ['eval through a constructor', `[].constructor.constructor('return eval("typeof process")')()`],
  [
    'the caller of a callback',
    `(function f() { const g = f.caller; return typeof (g && (g.caller || (g.arguments && (g.arguments[0].host || g.arguments[0].$call))) || undefined) })()`,
  ],
  ['a replacer with the global object', `"x".replace(/x/, function () { return typeof this.process })`],
  [
    'Error.prepareStackTrace',
    `(() => { Error.prepareStackTrace = (e, frames) => frames; const s = new Error('x').stack; return typeof s === 'string' ? 'undefined' : typeof s[0].getThis() })()`,
  ],
  [
    'frames of a host error',
    `(() => { try { $('Nope') } catch (e) { return typeof e.constructor.constructor('return process')() } })()`,
  ],
  [
    'Symbol.species',
    `(() => { class A extends Array { static get [Symbol.species]() { return Object } } return typeof new A(1, 2).map((x) => x).process })()`,
  ],
  ['with', `[].constructor.constructor('o', 'with (o) { return typeof process }')({})`],
  [
    'a stack overflow inside a helper',
    `(() => { const f = () => { try { return f() } catch (e) { return e.constructor.constructor('return typeof process')() } }; return f() })()`,
  ],
  [
    'a hidden host object',
    `[].constructor.constructor('return typeof __guixuBoot + typeof ivm + typeof host')().replaceAll('undefined', '') || 'undefined'`,
  ],
  ['WebAssembly', `[].constructor.constructor('return typeof WebAssembly')()`],
  ['SharedArrayBuffer', `[].constructor.constructor('return typeof SharedArrayBuffer')()`],
  [
    'shadowing a name that rewriting protects',
    `((process, require) => typeof process + typeof require)().replaceAll('undefined', '') || 'undefined'`,
  ],
  ['the process of this module', `(function () { return typeof this.process?.mainModule?.require })()`],
  ['this of a function called without one', `(function () { return typeof (this && this.process) })()`],
  ['a constructor named by pieces', `[]['cons' + 'tructor']['const' + 'ructor']('return typeof process')()`],
  [
    'a constructor named by a template',
    '`${[]}`[`${"constructor"}`][`constructor`](`return typeof process`)()',
  ],
  ['a tagged template', 'Function`return typeof process```'],
  [
    'a constructor taken out of a parameter pattern',
    `(({ constructor: { constructor: f } }) => f('return typeof process')())([])`,
  ],
  [
    'a constructor found among descriptors',
    `Object.getOwnPropertyDescriptor(Object.getPrototypeOf(() => 1), 'constructor').value('return typeof process')()`,
  ],
  [
    'Symbol.toPrimitive as a compiler',
    `(() => { const o = { [Symbol.toPrimitive]: () => 'constructor' }; return [][o][o]('return typeof process')() })()`,
  ],
  ['a getter on the returned value', `({ get value() { return typeof process?.mainModule } }).value`],
  [
    'a proxy that answers for everything',
    `typeof new Proxy({}, { get: (t, k, r) => r.constructor.constructor })['x']('return process')().mainModule`,
  ],
  [
    'Error.captureStackTrace on a proxy',
    `(() => { const o = {}; Error.captureStackTrace(o); return typeof (o.stack.getThis ? 1 : undefined) })()`,
  ],
  [
    'a rethrown host error cause',
    `(() => { try { $('Nope').first() } catch (e) { return typeof (e.cause && e.cause.constructor.constructor('return process')()) } })()`,
  ],
  [
    'the prototype of the async context',
    `typeof Object.getPrototypeOf(async () => 1).constructor('return process')().then?.process`,
  ],
  ['a bound apply of eval', `Reflect.apply(eval, null, ['typeof process'])`],
  [
    'a legacy accessor on a built-in',
    `[].constructor.constructor('const c = arguments.callee.caller; return typeof (c && c.caller || undefined)')()`,
  ],
  ['a label and a block', `[].constructor.constructor('a: { break a } return typeof module')()`],
  [
    'import.meta',
    `[].constructor.constructor('try { return eval("import.meta").url } catch { return "undefined" }')()`,
  ],
  [
    'a global of a worker',
    `[].constructor.constructor('return typeof self + typeof importScripts + typeof postMessage')().replaceAll('undefined', '') || 'undefined'`,
  ],
  [
    'the file and network globals of Node',
    `[].constructor.constructor('return [typeof fetch, typeof Deno, typeof Bun, typeof XMLHttpRequest, typeof WebSocket].join("")')().replaceAll('undefined', '') || 'undefined'`,
  ],
];
