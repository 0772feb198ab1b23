import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findNode, unpackedPath } from './installed-paths.ts';

describe('findNode', () => {
  it('takes the Node beside a packed application', () => {
    const installation = { isPackaged: true, resourcesPath: '/opt/guixuflow/resources', arch: 'x64' };
    expect(findNode({ ...installation, platform: 'linux' })).toBe(
      join('/opt/guixuflow/resources', 'node', 'node'),
    );
    expect(findNode({ ...installation, platform: 'win32' })).toBe(
      join('/opt/guixuflow/resources', 'node', 'node.exe'),
    );
  });

  it('takes the Node on the PATH where no package brings one', () => {
    expect(findNode({ isPackaged: false, resourcesPath: '', platform: 'darwin', arch: 'arm64' })).toBe(
      'node',
    );
  });
});

describe('unpackedPath', () => {
  it('points beside the archive, and leaves other paths alone', () => {
    const inArchive = join('/opt', 'app.asar', 'out', 'main', 'engine-host.js');
    expect(unpackedPath(inArchive)).toBe(join('/opt', 'app.asar.unpacked', 'out', 'main', 'engine-host.js'));
    expect(unpackedPath(join('/src', 'out', 'main.js'))).toBe(join('/src', 'out', 'main.js'));
  });
});
