import { PacedSender, type FromEngine, type ToEngine } from '../engine-channel/index.ts';
import type { EngineProcess } from './engine-process.ts';
import type { Timers } from './timers.ts';

export type EngineState =
  | { name: 'stopped' }
  | { name: 'starting' }
  | { name: 'running'; startUrl: string }
  /** Crashed; started again after `retryInMs`. */
  | { name: 'waiting'; retryInMs: number }
  /** Given up until `start` is called. */
  | { name: 'failed'; reason: string }
  | { name: 'stopping' };

export interface SupervisorOptions {
  launch(): EngineProcess;
  timers: Timers;
  /** Language of the engine's messages. */
  locale: string;
  onState(state: EngineState): void;
  /** Everything the engine says that is not the supervisor's own business. */
  onMessage(message: FromEngine): void;
}

const START_TIMEOUT_MS = 60_000;
const PING_MS = 5_000;
/** Counted in pings, not in time: after a sleep of the machine one is missed without anything being wrong. */
const MISSED_PINGS = 6;
const FIRST_DELAY_MS = 250;
const LAST_DELAY_MS = 30_000;
/** An engine that ran this long has earned a fresh count of its crashes. */
const STABLE_MS = 60_000;
const GIVE_UP_AFTER = 6;
/** The engine gives its executions 10 s; this is for one that does not come to an end. */
const STOP_TIMEOUT_MS = 15_000;

/** Keeps one engine process alive: starts it, notices when it crashes or hangs, and starts it again. */
export class EngineSupervisor {
  readonly #options: SupervisorOptions;
  #state: EngineState = { name: 'stopped' };
  #engine: EngineProcess | null = null;
  #sender: PacedSender<ToEngine> | null = null;
  #crashes = 0;
  #missedPings = 0;
  #cancelTimer: () => void = () => {};
  #cancelPing: () => void = () => {};
  #startedAt = 0;
  #whenStopped: Array<() => void> = [];

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  get state(): EngineState {
    return this.#state;
  }

  start(): void {
    if (this.#state.name !== 'stopped' && this.#state.name !== 'failed') return;
    this.#crashes = 0;
    this.#launch();
  }

  /** Lets the engine finish and resolves once its process has ended. */
  stop(): Promise<void> {
    if (this.#engine === null) {
      this.#cancelTimer();
      this.#setState({ name: 'stopped' });
      return Promise.resolve();
    }
    if (this.#state.name !== 'stopping') {
      this.#clearTimers();
      this.#setState({ name: 'stopping' });
      this.send({ type: 'stop' });
      this.#cancelTimer = this.#options.timers.schedule(STOP_TIMEOUT_MS, () => this.#engine?.kill());
    }
    return new Promise((resolve) => this.#whenStopped.push(resolve));
  }

  /** False when there is no engine, or when more is waiting for it than memory should hold. */
  send(message: ToEngine, bytes = 0): boolean {
    return this.#sender?.send(message, bytes) ?? false;
  }

  #launch(): void {
    const { timers, launch, locale } = this.#options;
    const engine = launch();
    this.#engine = engine;
    this.#sender = new PacedSender((message, sent) => engine.send(message, sent));
    this.#startedAt = timers.monotonic();
    this.#setState({ name: 'starting' });
    engine.onMessage((message) => {
      if (this.#engine === engine) this.#receive(message);
    });
    engine.onExit((reason) => {
      if (this.#engine === engine) this.#exited(reason);
    });
    this.#cancelTimer = timers.schedule(START_TIMEOUT_MS, () => engine.kill());
    this.send({ type: 'start', locale });
  }

  #receive(message: FromEngine): void {
    if (message.type === 'pong') {
      this.#missedPings = 0;
    } else if (message.type === 'ready') {
      if (this.#state.name !== 'starting') return;
      this.#cancelTimer();
      this.#setState({ name: 'running', startUrl: message.startUrl });
      this.#ping();
    } else if (message.type === 'refused') {
      this.#clearTimers();
      const engine = this.#engine;
      this.#forgetEngine();
      engine?.kill();
      this.#setState({ name: 'failed', reason: message.message });
    } else {
      this.#options.onMessage(message);
    }
  }

  #ping(): void {
    this.#missedPings += 1;
    this.send({ type: 'ping' });
    this.#cancelPing = this.#options.timers.schedule(PING_MS, () => {
      if (this.#missedPings >= MISSED_PINGS) this.#engine?.kill();
      else this.#ping();
    });
  }

  #exited(reason: string): void {
    const wasStopping = this.#state.name === 'stopping';
    this.#clearTimers();
    this.#forgetEngine();
    if (wasStopping) {
      this.#setState({ name: 'stopped' });
      return;
    }
    if (this.#options.timers.monotonic() - this.#startedAt >= STABLE_MS) this.#crashes = 0;
    this.#crashes += 1;
    if (this.#crashes >= GIVE_UP_AFTER) {
      this.#setState({ name: 'failed', reason });
      return;
    }
    const retryInMs = Math.min(FIRST_DELAY_MS * 2 ** (this.#crashes - 1), LAST_DELAY_MS);
    this.#setState({ name: 'waiting', retryInMs });
    this.#cancelTimer = this.#options.timers.schedule(retryInMs, () => this.#launch());
  }

  #forgetEngine(): void {
    this.#sender?.clear();
    this.#sender = null;
    this.#engine = null;
    for (const resolve of this.#whenStopped.splice(0)) resolve();
  }

  #clearTimers(): void {
    this.#cancelTimer();
    this.#cancelPing();
    this.#missedPings = 0;
  }

  #setState(state: EngineState): void {
    this.#state = state;
    this.#options.onState(state);
  }
}
