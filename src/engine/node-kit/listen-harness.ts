import type { Item } from '../../contract/index.ts';
import { silentLogger, systemClock, type Clock } from '../kernel/index.ts';
import type { Connections } from './connections.ts';
import type { BinaryStore } from './context.ts';
import type { NodeDefinition } from './definition.ts';
import type { HttpClient } from './http-client.ts';
import type { ListenContext, Listener } from './listener.ts';
import type { LocalFiles } from './local-files.ts';
import type { ParameterMap } from './parameters.ts';
import { parseParameters } from './parse-parameters.ts';
import { memoryBinaryStore } from './test-harness.ts';

export interface OpenListenerOptions {
  parameters?: Record<string, unknown>;
  /** Credential slot to type and decrypted fields. */
  credentials?: Record<string, { type: string; data: Record<string, string> }>;
  connections?: Connections;
  http?: HttpClient;
  files?: LocalFiles;
  binary?: BinaryStore;
  clock?: Clock;
  /** What the node kept, by name; hand in the same map again for the next connection. */
  kept?: Map<string, unknown>;
  isTest?: boolean;
  /** Called for each message in place of storing it; a message may be refused by a rejection. */
  onEmit?: (items: readonly Item[], options: { once?: string }) => void | Promise<void>;
}

export interface OpenListener {
  /** What was emitted, in order. */
  emitted: Array<{ items: readonly Item[]; once?: string }>;
  /** Resolves once so many messages were emitted. */
  until(count: number): Promise<void>;
  /** Resolves with the reason once the connection is lost. */
  lost: Promise<unknown>;
  close(): Promise<void>;
}

/** Opens the listener of a trigger as the supervisor of an active workflow would. The caller closes it. For tests. */
export async function openListener<P extends ParameterMap>(
  definition: NodeDefinition<P>,
  options: OpenListenerOptions = {},
): Promise<OpenListener> {
  const { trigger } = definition;
  if (trigger?.kind !== 'listener') throw new Error(`${definition.type} does not listen`);
  const ending = new AbortController();
  // A message that is under way when the listener ends is not taken.
  const ended = Promise.withResolvers<never>();
  ended.promise.catch(() => undefined);
  ending.signal.addEventListener('abort', () => ended.reject(ending.signal.reason as Error));
  const emitted: OpenListener['emitted'] = [];
  const watchers = new Set<() => void>();
  const lost = Promise.withResolvers<unknown>();
  const kept = options.kept ?? new Map<string, unknown>();
  const notGiven = (what: string) => () => Promise.reject(new Error(`This test gave no ${what}`));
  const context: ListenContext<P> = {
    parameters: parseParameters(definition.parameters, options.parameters ?? {}),
    credential: (slot) => Promise.resolve(options.credentials?.[slot] ?? null),
    async emit(items, { once } = {}) {
      ending.signal.throwIfAborted();
      await Promise.race([options.onEmit?.(items, once === undefined ? {} : { once }), ended.promise]);
      emitted.push({ items, ...(once !== undefined && { once }) });
      for (const look of [...watchers]) look();
    },
    lost: (error) => lost.resolve(error),
    kept: {
      get: (name) => Promise.resolve(structuredClone(kept.get(name))),
      set: (name, value) => Promise.resolve(void kept.set(name, structuredClone(value))),
    },
    http: options.http ?? { request: notGiven('http client') },
    binary: options.binary ?? memoryBinaryStore(),
    files: options.files ?? {
      find: notGiven('files'),
      read: notGiven('files'),
      write: notGiven('files'),
    },
    connections: options.connections ?? { use: notGiven('connections') },
    clock: options.clock ?? systemClock,
    logger: silentLogger,
    signal: ending.signal,
    isTest: options.isTest ?? false,
    workflowId: 'workflow-1',
    node: { id: 'node-1', name: definition.type },
  };
  const listener: Listener = await trigger.listen(context);
  return {
    emitted,
    until: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (emitted.length < count) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
    lost: lost.promise,
    async close() {
      ending.abort();
      await listener.close();
    },
  };
}
