import type { Item } from '../../../../contract/index.ts';
import type { FileServer } from '../../../connectors/remote-files/index.ts';
import { derive, NodeError, type BinaryStore } from '../../../node-kit/index.ts';
import { checkPath } from './check-path.ts';
import type { FtpSettings } from './ftp-parameters.ts';
import { deletePath } from './operations/delete.ts';
import { download } from './operations/download.ts';
import { list } from './operations/list.ts';
import { makeFolder } from './operations/make-folder.ts';
import { prepareTarget } from './operations/target.ts';
import { upload } from './operations/upload.ts';

/** Does what the settings say for an item, and gives what becomes of it. */
export async function runOperation(
  server: FileServer,
  { item, index, key }: { item: Item; index: number; key: string },
  settings: FtpSettings,
  context: { binary: BinaryStore; signal: AbortSignal },
): Promise<Item | Item[]> {
  const { operation, fileField, newPath } = settings;
  const path = checkPath(settings.path, 'path');
  const { signal } = context;
  const passOn = (json: Item['json'], binary = item.binary) =>
    derive({ ...item.json, ...json }, index, 0, binary);
  switch (operation) {
    case 'list':
      return (await list(server, settings, signal)).map((entry) => derive({ ...entry }, index));
    case 'download':
      return passOn({ path }, { ...item.binary, [fileField]: await download(server, path, context) });
    case 'upload': {
      const file = item.binary?.[fileField];
      const available = Object.keys(item.binary ?? {}).join(', ');
      if (!file) throw new NodeError('BINARY_MISSING', { field: fileField, available });
      return passOn({ path: await upload(server, file, settings, { ...context, key }) });
    }
    case 'rename':
      checkPath(newPath, 'newPath');
      await server.use(async (files) => {
        await prepareTarget(files, newPath, settings);
        await files.rename(path, newPath);
      }, signal);
      return passOn({ path: newPath });
    case 'delete':
      return passOn({ path, deleted: await server.use((files) => deletePath(files, settings), signal) });
    case 'make-folder':
      await server.use((files) => makeFolder(files, path), signal);
      return passOn({ path });
  }
}
