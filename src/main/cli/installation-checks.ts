import { access, constants, mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { findRendererDir, readDataFolderOwner } from '../../engine/app.ts';
import { messageOf, type Config } from '../../engine/kernel/index.ts';
import type { Output } from './output.ts';

/** One thing that was looked at. */
export interface Finding {
  check: 'node' | 'better-sqlite3' | 'isolated-vm' | 'data-folder' | 'port' | 'renderer';
  /** `warning`: GuixuFlow runs, but not all of it. */
  state: 'ok' | 'warning' | 'error';
  title: string;
  detail: string;
  remedy?: string;
}

export async function checkInstallation(config: Config, output: Output): Promise<Finding[]> {
  return [
    checkNode(output),
    await checkNative('better-sqlite3', openDatabase, output),
    await checkNative('isolated-vm', runIsolate, output),
    await checkDataFolder(config, output),
    await checkPort(config, output),
    await checkRenderer(output),
  ];
}

function checkNode({ text }: Output): Finding {
  const isRight = process.versions.modules === '137';
  return {
    check: 'node',
    state: isRight ? 'ok' : 'error',
    title: 'Node',
    detail: process.versions.node,
    ...(!isRight && {
      remedy: text(
        'Start with "npx guixuflow", which uses Node 24, or install Node 24.',
        '请用“npx guixuflow”启动（会使用 Node 24），或安装 Node 24。',
      ),
    }),
  };
}

async function checkNative(
  check: 'better-sqlite3' | 'isolated-vm',
  use: () => Promise<string>,
  { text }: Output,
): Promise<Finding> {
  try {
    return { check, state: 'ok', title: check, detail: await use() };
  } catch (error) {
    const remedy = text(
      'Run "npm ci" again on this machine, with Node 24.',
      '请在本机用 Node 24 重新运行“npm ci”。',
    );
    return { check, state: 'error', title: check, detail: messageOf(error).split('\n', 1)[0] ?? '', remedy };
  }
}

async function openDatabase(): Promise<string> {
  const { default: Database } = await import('better-sqlite3');
  const database = new Database(':memory:');
  const { version } = database.prepare('select sqlite_version() as version').get() as { version: string };
  database.close();
  return `SQLite ${version}`;
}

async function runIsolate(): Promise<string> {
  const { default: ivm } = await import('isolated-vm');
  const isolate = new ivm.Isolate({ memoryLimit: 8 });
  const answer = (await (await isolate.createContext()).eval('6 * 7')) as number;
  isolate.dispose();
  return answer === 42 ? 'V8' : String(answer);
}

async function checkDataFolder({ dataDir }: Config, { text }: Output): Promise<Finding> {
  const title = text('Data folder', '数据文件夹');
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await access(dataDir, constants.W_OK);
  } catch (error) {
    const remedy = text(
      `Give this user write access to ${dirname(dataDir)}, or choose another folder with --data or GUIXU_DATA_DIR.`,
      `请赋予当前用户对 ${dirname(dataDir)} 的写权限，或用 --data 或 GUIXU_DATA_DIR 指定其他文件夹。`,
    );
    return { check: 'data-folder', state: 'error', title, detail: messageOf(error), remedy };
  }
  const owner = readDataFolderOwner(dataDir);
  const inUse = owner ? text(` (in use at ${owner.url})`, `（正在使用：${owner.url}）`) : '';
  return { check: 'data-folder', state: 'ok', title, detail: dataDir + inUse };
}

async function checkPort({ host, port, dataDir }: Config, { text }: Output): Promise<Finding> {
  const title = text('Port', '端口');
  const failure = await tryListening(host, port);
  if (failure === null) return { check: 'port', state: 'ok', title, detail: `${host}:${port}` };
  if (failure === 'EADDRINUSE') {
    const owner = readDataFolderOwner(dataDir);
    if (owner && new URL(owner.url).port === String(port)) {
      return {
        check: 'port',
        state: 'ok',
        title,
        detail: text(
          `${owner.url} is served by the running GuixuFlow`,
          `${owner.url} 由正在运行的 GuixuFlow 提供`,
        ),
      };
    }
  }
  const remedy = text(
    'Stop the program that uses it, or choose another port with --port or GUIXU_PORT.',
    '请停止占用它的程序，或用 --port 或 GUIXU_PORT 换一个端口。',
  );
  return { check: 'port', state: 'error', title, detail: `${host}:${port} ${failure}`, remedy };
}

function tryListening(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ host, port }, () => server.close(() => resolve(null)));
  });
}

async function checkRenderer({ text }: Output): Promise<Finding> {
  const title = text('Editor', '编辑器');
  const dir = findRendererDir();
  try {
    await access(join(dir, 'index.html'));
    return { check: 'renderer', state: 'ok', title, detail: dir };
  } catch {
    return {
      check: 'renderer',
      state: 'warning',
      title,
      detail: text('not built; API and webhooks work without it', '尚未构建；API 和 Webhook 不受影响'),
      remedy: text('Run "npm run build".', '请运行“npm run build”。'),
    };
  }
}
