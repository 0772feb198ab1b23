import { describe, expect, it } from 'vitest';
import type { NodeTypeDescription, WorkflowNode } from '../../contract/index.ts';
import { defineNode, MAIN_PORT, param } from '../node-kit/index.ts';
import { createRegistry } from './index.ts';
import { loaded } from './manifest.ts';
import { createRegistryOf } from './registry.ts';

const greet = defineNode({
  type: 'greet',
  version: 3,
  group: 'core',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  parameters: { text: param.string() },
  effect: 'pure',
  execute: ({ items }) => items,
});
const upgrades = {
  1: ({ message, ...rest }: Readonly<Record<string, unknown>>) => ({ ...rest, label: message }),
  2: ({ label, ...rest }: Readonly<Record<string, unknown>>) => ({ ...rest, text: label }),
};
const description = { type: 'greet', version: 3 } as NodeTypeDescription;

function createSmallRegistry() {
  let loads = 0;
  const load = () => {
    loads++;
    return Promise.resolve(loaded(greet, upgrades));
  };
  const registry = createRegistryOf([{ type: 'greet', version: 3, loop: true, load }], [description]);
  return { registry, loads: () => loads };
}
const node = (typeVersion: number, parameters: Record<string, unknown>): WorkflowNode => ({
  id: 'n',
  name: 'N',
  type: 'greet',
  typeVersion,
  position: [0, 0],
  parameters,
});

describe('registry', () => {
  it('describes a type without loading it', () => {
    const { registry, loads } = createSmallRegistry();
    expect(registry.describe('greet', 2)).toBe(description);
    expect(registry.descriptions()).toEqual([description]);
    expect([registry.describe('greet', 4), registry.describe('other')]).toEqual([undefined, undefined]);
    expect([registry.isLoop('greet'), registry.isLoop('other'), loads()]).toEqual([true, false, 0]);
  });

  it('gives a definition once it is loaded, and reads it once', async () => {
    const { registry, loads } = createSmallRegistry();
    expect(registry.get('greet', 1)).toBeUndefined();
    await registry.load(['greet', 'greet', 'other']);
    await registry.load(['greet']);
    expect([registry.get('greet', 1), registry.get('greet', 3), loads()]).toEqual([greet, greet, 1]);
    expect([registry.get('greet', 4), registry.get('other', 1)]).toEqual([undefined, undefined]);
  });

  it('brings stored parameters to the present shape step by step', async () => {
    const { registry } = createSmallRegistry();
    await registry.load(['greet']);
    const text = '={{ $json.x }}';
    expect(registry.upgrade(node(1, { message: text }))).toEqual(node(3, { text }));
    expect(registry.upgrade(node(2, { label: text }))).toEqual(node(3, { text }));
    const present = node(3, { text });
    expect(registry.upgrade(present)).toBe(present);
  });
});

describe('createRegistry', () => {
  it('can load every built-in type, as described', async () => {
    const registry = createRegistry();
    const descriptions = registry.descriptions();
    await registry.load(descriptions.map(({ type }) => type));
    for (const { type, version, trigger } of descriptions) {
      const definition = registry.get(type, version);
      expect([definition?.type, definition?.version, definition?.trigger !== undefined]).toEqual([
        type,
        version,
        trigger,
      ]);
      expect(trigger || definition?.execute).toBeTruthy();
    }
  });
});
