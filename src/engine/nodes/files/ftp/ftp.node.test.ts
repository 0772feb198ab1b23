import { describe, expect, it } from 'vitest';
import { checkPath } from './check-path.ts';
import { effectOf } from './effect-of.ts';
import type { FtpSettings } from './ftp-parameters.ts';
import { deletePath } from './operations/delete.ts';

// What talks to a server is tested against real ones: test/connectors/ftp.test.ts.
describe('ftp', () => {
  it.each([
    [{ operation: 'list' }, 'read'],
    [{ operation: 'download' }, 'read'],
    [{ operation: 'upload' }, 'keyed'],
    [{ operation: 'upload', ifThere: 'fail' }, 'unsafe'],
    [{ operation: 'rename' }, 'unsafe'],
    [{ operation: 'delete' }, 'unsafe'],
    [{ operation: 'delete', failIfMissing: false }, 'keyed'],
    [{ operation: 'make-folder' }, 'keyed'],
  ] as const)('%o: %s', (settings, effect) => {
    expect(effectOf({ ifThere: 'replace', failIfMissing: true, ...settings } as FtpSettings)).toBe(effect);
  });

  it.each(['a\r\nDELE b', 'a\nb', 'a\0b'])('refuses the path %j', (path) => {
    expect(() => checkPath(path, 'path')).toThrow(
      expect.objectContaining({ code: 'PARAMETER_INVALID' }) as Error,
    );
    expect(checkPath('报告 1/ü.csv', 'path')).toBe('报告 1/ü.csv');
  });

  it.each(['/', '.', './', '..', 'a/..', '../..', '//'])('never deletes %j', async (path) => {
    const untouched = new Proxy({} as Parameters<typeof deletePath>[0], {
      get: () => () => Promise.reject(new Error('asked')),
    });
    await expect(deletePath(untouched, { path, recursive: true, failIfMissing: true })).rejects.toMatchObject(
      { code: 'PARAMETER_INVALID' },
    );
  });
});
