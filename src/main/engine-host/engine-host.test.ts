import { describe, expect, it } from 'vitest';
import type { FromEngine, ToEngine } from '../engine-channel/index.ts';
import { EngineHost, type HostedEngine } from './engine-host.ts';
import type { WindowPort } from './window-port.ts';

interface Setup {
  startError?: Error & { code?: string };
  needsKey?: boolean;
  stopEngine?: () => Promise<void>;
}

function hostOf({ startError, needsKey, stopEngine }: Setup = {}) {
  const said: FromEngine[] = [];
  const ports: WindowPort[] = [];
  const exits: number[] = [];
  const keys: Array<string | null> = [];
  const engine: HostedEngine = {
    startUrl: 'http://127.0.0.1:5680/?token=t',
    attachPort: (port) => ports.push(port),
    stop: stopEngine ?? (() => Promise.resolve()),
  };
  const host = new EngineHost({
    send(message, sent) {
      said.push(message);
      sent(null);
      return true;
    },
    async startEngine(_locale, askKey) {
      if (needsKey) keys.push(await askKey({ dataDir: '/data', create: true }));
      if (startError) throw startError;
      return engine;
    },
    describeRefusal: (error) =>
      (error as { code?: string }).code ? { code: 'DATA_FOLDER_LOCKED', message: 'In use.' } : null,
    exit: (code) => exits.push(code),
  });
  const receive = async (...messages: ToEngine[]) => {
    for (const message of messages) host.receive(message);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { host, said, ports, exits, keys, receive };
}

const START: ToEngine = { type: 'start', locale: 'en' };
const READY: FromEngine = { type: 'ready', startUrl: 'http://127.0.0.1:5680/?token=t' };

describe('EngineHost', () => {
  it('says where the engine is reached once it serves, and answers pings', async () => {
    const { receive, said } = hostOf();
    await receive(START, START);
    await receive({ type: 'ping' });
    expect(said).toEqual([READY, { type: 'pong' }]);
  });

  it('asks the desktop for the key before it starts', async () => {
    const { receive, said, keys } = hostOf({ needsKey: true });
    await receive(START);
    expect(said).toEqual([{ type: 'key-request', dataDir: '/data', create: true }]);
    await receive({ type: 'key', key: 'secret' });
    expect([keys, said.at(-1)]).toEqual([['secret'], READY]);
  });

  it('says why the engine refuses to start', async () => {
    const { receive, said } = hostOf({
      startError: Object.assign(new Error(), { code: 'DATA_FOLDER_LOCKED' }),
    });
    await receive(START);
    expect(said).toEqual([{ type: 'refused', code: 'DATA_FOLDER_LOCKED', message: 'In use.' }]);
  });

  it('carries frames between a window and the engine, and ends the conversation when the window closes', async () => {
    const { receive, said, ports } = hostOf();
    const heard: unknown[] = [];
    await receive(START);
    await receive({ type: 'open-port', port: 4 });
    ports[0]?.on('message', (event) => heard.push(event?.data));
    ports[0]?.on('close', () => heard.push('closed'));
    await receive({ type: 'frame', port: 4, data: 'question' });
    ports[0]?.postMessage('answer');
    await receive({ type: 'close-port', port: 4 });
    ports[0]?.postMessage('too late');
    expect(heard).toEqual(['question', 'closed']);
    expect(said.slice(1)).toEqual([{ type: 'frame', port: 4, data: 'answer' }]);
  });

  it('stops the engine once, then ends the process', async () => {
    let stops = 0;
    const { host, receive, exits } = hostOf({ stopEngine: () => Promise.resolve(void stops++) });
    await receive(START);
    await receive({ type: 'stop' });
    await host.stop();
    expect([stops, exits]).toEqual([1, [0]]);
  });

  it('ends the process also when the engine does not stop cleanly', async () => {
    const { receive, exits } = hostOf({ stopEngine: () => Promise.reject(new Error('stuck')) });
    await receive(START);
    await receive({ type: 'stop' });
    expect(exits).toEqual([1]);
  });
});
