import { execFileSync } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { memoryBinaryStore } from '../../../node-kit/test-harness.ts';
import { inputOf } from './input-of.ts';
import { shellLine } from './shell-line.ts';
import type { SshSettings } from './ssh-parameters.ts';

// What talks to a server is tested against a real one: test/connectors/ssh.test.ts.
describe('shellLine', () => {
  it('is the command alone where nothing else is asked for', () => {
    expect(shellLine({ command: 'a | b', folder: '', env: [] })).toBe('a | b');
    expect(shellLine({ command: 'ls', folder: '~', env: [] })).toBe('ls');
    expect(shellLine({ command: 'ls', folder: '~/a b', env: [] })).toBe("cd -- 'a b' || exit\nls");
  });

  it.skipIf(process.platform === 'win32')('gives a shell values that stay values', () => {
    const value = `it's $(touch x) "归墟" \`id\` \\ \n end`;
    const line = shellLine({ command: 'printf %s "$VALUE"', folder: '/', env: [{ name: 'VALUE', value }] });
    expect(execFileSync('/bin/sh', ['-c', line]).toString()).toBe(value);
  });

  it.each([
    [{ env: [{ name: 'A;id', value: '' }] }, 'env'],
    [{ env: [{ name: 'A', value: 'a\0b' }] }, 'env'],
    [{ folder: 'a\0b' }, 'folder'],
  ])('refuses what no shell takes: %j', (change, field) => {
    const make = () => shellLine({ command: 'ls', folder: '', env: [], ...change });
    expect(make).toThrow(expect.objectContaining({ code: 'PARAMETER_INVALID' }) as Error);
    expect(make).toThrow(
      expect.objectContaining({ facts: expect.objectContaining({ field }) as object }) as Error,
    );
  });
});

describe('inputOf', () => {
  const settings = { input: 'none', inputText: '', inputField: 'data' } as SshSettings;
  const read = async (change: Partial<SshSettings>) => {
    const store = memoryBinaryStore();
    const binary = { data: await store.write(Buffer.from([0, 255]), { mimeType: 'image/png' }) };
    const input = inputOf({ json: {}, binary }, { ...settings, ...change }, store);
    return input && (await buffer(input));
  };

  it('is nothing, a text or a file of the item', async () => {
    expect(await read({})).toBeNull();
    expect(await read({ input: 'text', inputText: '你好' })).toEqual(Buffer.from('你好'));
    expect(await read({ input: 'file' })).toEqual(Buffer.from([0, 255]));
    await expect(read({ input: 'file', inputField: 'x' })).rejects.toMatchObject({
      code: 'BINARY_MISSING',
      facts: { field: 'x', available: 'data' },
    });
  });
});
