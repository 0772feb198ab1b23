import { readFile } from 'node:fs/promises';
import { EngineError } from '../../engine/kernel/index.ts';

/** The file's text. Throws WORKFLOW_FILE_INVALID naming the file when it cannot be read. */
export async function readTextFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason =
      code === 'ENOENT' ? 'no such file' : code === 'EISDIR' ? 'it is a folder' : (code ?? String(error));
    throw new EngineError('WORKFLOW_FILE_INVALID', { reason: `${path}: ${reason}` }, { cause: error });
  }
}
