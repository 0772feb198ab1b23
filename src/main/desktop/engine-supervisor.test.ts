import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../engine/kernel/fake-clock.ts';
import type { FromEngine, ToEngine } from '../engine-channel/index.ts';
import type { EngineProcess } from './engine-process.ts';
import { EngineSupervisor, type EngineState } from './engine-supervisor.ts';

class FakeEngine implements EngineProcess {
  readonly received: ToEngine[] = [];
  isKilled = false;
  #onMessage: (message: FromEngine) => void = () => {};
  #onExit: (reason: string) => void = () => {};

  send(message: ToEngine, sent: (error: Error | null) => void): boolean {
    this.received.push(message);
    sent(null);
    return true;
  }
  onMessage(listener: (message: FromEngine) => void): void {
    this.#onMessage = listener;
  }
  onExit(listener: (reason: string) => void): void {
    this.#onExit = listener;
  }
  kill(): void {
    this.isKilled = true;
    this.exit('ended by SIGKILL');
  }
  say(message: FromEngine): void {
    this.#onMessage(message);
  }
  exit(reason = 'ended with code 1'): void {
    this.#onExit(reason);
  }
}

function supervise() {
  const clock = new FakeClock();
  const engines: FakeEngine[] = [];
  const states: EngineState[] = [];
  const messages: FromEngine[] = [];
  const supervisor = new EngineSupervisor({
    launch() {
      const engine = new FakeEngine();
      engines.push(engine);
      return engine;
    },
    timers: clock,
    locale: 'en',
    onState: (state) => states.push(state),
    onMessage: (message) => messages.push(message),
  });
  const latest = () => {
    const engine = engines.at(-1);
    if (!engine) throw new Error('No engine was started');
    return engine;
  };
  return { clock, engines, states, messages, supervisor, latest };
}

const READY: FromEngine = { type: 'ready', startUrl: 'http://127.0.0.1:5680/?token=t' };

describe('EngineSupervisor', () => {
  it('starts the engine once and says when it serves', () => {
    const { supervisor, engines, states, latest } = supervise();
    supervisor.start();
    supervisor.start();
    latest().say(READY);
    expect(engines).toHaveLength(1);
    expect(latest().received[0]).toEqual({ type: 'start', locale: 'en' });
    expect(states).toEqual([
      { name: 'starting' },
      { name: 'running', startUrl: 'http://127.0.0.1:5680/?token=t' },
    ]);
  });

  it('starts a crashed engine again, waiting twice as long after each crash', async () => {
    const { supervisor, clock, engines, states, latest } = supervise();
    supervisor.start();
    for (const delay of [250, 500, 1000]) {
      const before = engines.length;
      latest().exit();
      expect(states.at(-1)).toEqual({ name: 'waiting', retryInMs: delay });
      await clock.advance(delay - 1);
      expect(engines).toHaveLength(before);
      await clock.advance(1);
      expect(engines).toHaveLength(before + 1);
    }
  });

  it('gives up after six crashes in a row and tries again when asked', async () => {
    const { supervisor, clock, engines, latest } = supervise();
    supervisor.start();
    for (let crash = 1; crash <= 6; crash++) {
      latest().exit();
      await clock.advance(30_000);
    }
    expect(supervisor.state).toEqual({ name: 'failed', reason: 'ended with code 1' });
    expect(engines).toHaveLength(6);
    supervisor.start();
    expect(supervisor.state).toEqual({ name: 'starting' });
  });

  it('forgets earlier crashes once the engine has run for a minute', async () => {
    const { supervisor, clock, states, latest } = supervise();
    supervisor.start();
    latest().exit();
    await clock.advance(250);
    latest().say(READY);
    for (let minute = 0; minute < 12; minute++) {
      latest().say({ type: 'pong' });
      await clock.advance(5_000);
    }
    latest().exit();
    expect(states.at(-1)).toEqual({ name: 'waiting', retryInMs: 250 });
  });

  it('ends and restarts an engine that no longer answers', async () => {
    const { supervisor, clock, engines, latest } = supervise();
    supervisor.start();
    const hung = latest();
    hung.say(READY);
    await clock.advance(29_000);
    expect(hung.isKilled).toBe(false);
    await clock.advance(2_000);
    expect(hung.isKilled).toBe(true);
    expect(engines).toHaveLength(2);
  });

  it('ends an engine that does not get ready within a minute', async () => {
    const { supervisor, clock, latest } = supervise();
    supervisor.start();
    const slow = latest();
    await clock.advance(60_000);
    expect(slow.isKilled).toBe(true);
  });

  it('does not try again when the engine refuses to start', async () => {
    const { supervisor, clock, engines, latest } = supervise();
    supervisor.start();
    latest().say({ type: 'refused', code: 'DATA_FOLDER_LOCKED', message: 'Another engine owns the folder.' });
    await clock.advance(120_000);
    expect(supervisor.state).toEqual({ name: 'failed', reason: 'Another engine owns the folder.' });
    expect(engines).toHaveLength(1);
  });

  it('lets the engine finish when stopped, and does not start it again', async () => {
    const { supervisor, clock, engines, latest } = supervise();
    supervisor.start();
    latest().say(READY);
    const stopped = supervisor.stop();
    expect(latest().received.at(-1)).toEqual({ type: 'stop' });
    latest().exit('ended with code 0');
    await stopped;
    await clock.advance(60_000);
    expect(supervisor.state).toEqual({ name: 'stopped' });
    expect(engines).toHaveLength(1);
  });

  it('ends an engine that does not come to an end within fifteen seconds', async () => {
    const { supervisor, clock, latest } = supervise();
    supervisor.start();
    latest().say(READY);
    const stopped = supervisor.stop();
    await clock.advance(15_000);
    await stopped;
    expect(latest().isKilled).toBe(true);
  });

  it('calls off a waiting restart when stopped', async () => {
    const { supervisor, clock, engines, latest } = supervise();
    supervisor.start();
    latest().exit();
    await supervisor.stop();
    await clock.advance(60_000);
    expect(engines).toHaveLength(1);
    expect(supervisor.send({ type: 'ping' })).toBe(false);
  });

  it('hands on what is meant for others and ignores a process it has replaced', async () => {
    const { supervisor, clock, messages, latest } = supervise();
    supervisor.start();
    const first = latest();
    first.say({ type: 'frame', port: 1, data: 'a' });
    first.exit();
    await clock.advance(250);
    first.say({ type: 'frame', port: 1, data: 'late' });
    expect(messages).toEqual([{ type: 'frame', port: 1, data: 'a' }]);
  });
});
