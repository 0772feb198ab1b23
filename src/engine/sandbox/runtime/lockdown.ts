/**
 * Makes every intrinsic of this context immutable, so that nothing a call does to them can be seen by the next one,
 * and removes what has no place in here. Runs once per context: V8 cannot build a context from a snapshot whose
 * intrinsics are frozen already.
 */
export function lockDown(keep: readonly object[]): void {
  for (const name of UNWANTED) Reflect.deleteProperty(globalThis, name);
  removeRegExpStatics();
  for (const prototype of SETTABLE_PROTOTYPES) makeSettableInHeirs(prototype);
  const seen = new Set<unknown>();
  for (const root of [globalThis, ...hiddenIntrinsics(), ...keep]) freezeDeep(root, seen);
}

/**
 * WebAssembly and shared memory escape the memory limit, Atomics.wait blocks a thread, finalizers and weak references
 * carry effects from one call into a later one. The console of V8 writes nowhere.
 */
const UNWANTED = [
  'WebAssembly',
  'SharedArrayBuffer',
  'Atomics',
  'FinalizationRegistry',
  'WeakRef',
  'console',
];

/** `err.name = ...` and `result.toString = ...` are ordinary code; on frozen prototypes they would fail. */
const SETTABLE_PROTOTYPES: object[] = [
  Object.prototype,
  Function.prototype,
  ...[Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, AggregateError].map(
    (constructor) => constructor.prototype as object,
  ),
];

function makeSettableInHeirs(prototype: object): void {
  for (const key of Reflect.ownKeys(prototype)) {
    const descriptor = Reflect.getOwnPropertyDescriptor(prototype, key);
    if (!descriptor || !('value' in descriptor) || !descriptor.configurable) continue;
    const value: unknown = descriptor.value;
    Reflect.defineProperty(prototype, key, {
      configurable: false,
      enumerable: descriptor.enumerable ?? false,
      get: () => value,
      set(this: unknown, next: unknown) {
        if (typeof this !== 'object' && typeof this !== 'function') return;
        if (this === null || this === prototype) return;
        Reflect.defineProperty(this, key, {
          value: next,
          writable: true,
          enumerable: true,
          configurable: true,
        });
      },
    });
  }
}

/** `RegExp.$1` and its kind remember the last match of whoever ran before. */
function removeRegExpStatics(): void {
  for (const key of Reflect.ownKeys(RegExp)) {
    const isStandard =
      key === 'prototype' ||
      key === 'length' ||
      key === 'name' ||
      key === 'escape' ||
      typeof key === 'symbol';
    if (!isStandard) Reflect.deleteProperty(RegExp, key);
  }
}

/** Intrinsics that no property of the global object leads to. */
function hiddenIntrinsics(): unknown[] {
  const generator = function* () {};
  const asyncGenerator = async function* () {};
  return [
    async () => {},
    generator,
    asyncGenerator,
    generator.prototype,
    asyncGenerator.prototype,
    [][Symbol.iterator](),
    new Map()[Symbol.iterator](),
    new Set()[Symbol.iterator](),
    ''[Symbol.iterator](),
    'a'.matchAll(/a/g),
    (function () {
      // eslint-disable-next-line prefer-rest-params -- the object itself is wanted
      return arguments;
    })(),
  ].flatMap((value) => [value, Reflect.getPrototypeOf(value)]);
}

function freezeDeep(root: unknown, seen: Set<unknown>): void {
  const queue: unknown[] = [root];
  while (queue.length > 0) {
    const value = queue.pop();
    if (value === null || (typeof value !== 'object' && typeof value !== 'function') || seen.has(value))
      continue;
    seen.add(value);
    for (const key of Reflect.ownKeys(value)) {
      const descriptor = Reflect.getOwnPropertyDescriptor(value, key);
      if (descriptor) queue.push(descriptor.value, descriptor.get, descriptor.set);
    }
    queue.push(Reflect.getPrototypeOf(value));
    if (value !== globalThis || Object.isExtensible(value)) Object.freeze(value);
  }
}
