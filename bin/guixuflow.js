#!/usr/bin/env node
// Plain JavaScript without dependencies: it has to run on any Node from 20 on, to find the right one.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ABI = '137'; // Node 24, which the native modules are built for.
const FLAG = '--no-node-snapshot'; // isolated-vm asks for it.
// A small young generation: short-lived items die in it as well, and the process stays some 90 MB smaller under load.
const FLAGS = [FLAG, '--max-semi-space-size=8'];

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const entry = join(root, 'out', 'main', 'cli.js');
const language =
  process.env.LC_ALL ||
  process.env.LC_MESSAGES ||
  process.env.LANG ||
  Intl.DateTimeFormat().resolvedOptions().locale;
const say = (en, zh) => console.error(/^zh/i.test(language) ? zh : en);

function bundledNode() {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
    const path = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

function run(node) {
  const child = spawn(node, [...FLAGS, entry, ...process.argv.slice(2)], { stdio: 'inherit' });
  // A terminal's Ctrl+C reaches the child by itself; this process only must not end before it.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(error.message);
    process.exitCode = 2;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143);
  });
}

if (!existsSync(entry)) {
  say(
    'GuixuFlow is not built yet. Run "npm run build" first.',
    'GuixuFlow 尚未构建，请先运行“npm run build”。',
  );
  process.exitCode = 2;
} else if (process.versions.modules === ABI) {
  if (process.execArgv.includes(FLAG)) await import(pathToFileURL(entry).href);
  else run(process.execPath);
} else {
  const node = bundledNode();
  if (node) run(node);
  else {
    say(
      `GuixuFlow needs Node 24 and this is Node ${process.versions.node}. Install Node 24, or run "npm ci" without leaving out optional packages.`,
      `GuixuFlow 需要 Node 24，当前为 Node ${process.versions.node}。请安装 Node 24，或运行“npm ci”且不要省略可选依赖。`,
    );
    process.exitCode = 2;
  }
}
