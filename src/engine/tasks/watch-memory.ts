import { readFile } from 'node:fs/promises';

const EVERY_MS = 250;

/**
 * Calls back once when the process takes more than `limitMb` of memory, which counts what is outside of the heap as
 * well. Where there is no `/proc` (not Linux) it never does. The returned function ends the watch.
 */
export function watchMemory(pid: number | undefined, limitMb: number, onExceeded: () => void): () => void {
  let isOver = process.platform !== 'linux' || pid === undefined;
  const timer = setInterval(() => void look(), EVERY_MS).unref();
  if (isOver) clearInterval(timer);
  return end;

  async function look(): Promise<void> {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    const residentKb = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0);
    if (isOver || residentKb / 1024 <= limitMb) return;
    end();
    onExceeded();
  }

  function end(): void {
    isOver = true;
    clearInterval(timer);
  }
}
