import {
  describeError,
  isErrorCode,
  type ExecutionError,
  type Item,
  type WorkflowSettings,
} from '../../contract/index.ts';
import type { EventHub } from '../execution/index.ts';
import type { ItemList } from '../node-kit/index.ts';
import type {
  ExecutionStore,
  ExecutionWrite,
  KeptDataStore,
  NodeRunRecord,
  WholeRun,
} from '../storage/index.ts';
import { compileRules, replaceMarked, replaceTexts, type Rule } from './rules.ts';
import { maskAll, REDACTED, sealValue, unsealAll, type Cipher } from './sealer.ts';

/** Shorter texts are found in too much that is not secret. */
const SHORTEST_SECRET = 4;
/** Values remembered per execution. */
const MOST_SECRETS = 1000;

/** One execution whose workflow marks fields. */
interface Marked {
  rule: Rule;
  secrets: Set<string>;
}

/** Stores and events of the engine behind which marked fields are hidden. */
export interface Redaction {
  /** Told of each execution that comes into memory; gives what to call once it has left. */
  beginRun(executionId: string, settings: WorkflowSettings): () => void;
  /** For executions: they write sealed values and read true ones. */
  executions: ExecutionStore;
  keptData: KeptDataStore;
  events: EventHub;
  /** For people: they read `[redacted]`. */
  visible: ExecutionStore;
}

/**
 * Keeps the fields that a workflow marks (`settings.redact`) from the disk and from people: what is stored of them is
 * encrypted, so that an execution can go on with the true values. Executions of other workflows pass untouched.
 */
export function createRedaction(
  inner: { executions: ExecutionStore; keptData: KeptDataStore; events: EventHub },
  cipher: Cipher,
): Redaction {
  const { executions } = inner;
  const open = new Map<string, Marked>();

  function note(id: string, rules: readonly string[] | undefined): void {
    const rule = rules && !open.has(id) ? compileRules(rules) : null;
    if (rule) open.set(id, { rule, secrets: new Set() });
  }

  const seal = ({ rule, secrets }: Marked, value: unknown) =>
    replaceMarked(value, rule, (secret) => {
      remember(secret, secrets);
      return sealValue(secret, cipher);
    });

  const sealText = (marked: Marked, json: string) => JSON.stringify(seal(marked, JSON.parse(json)));
  const unsealText = (json: string) => JSON.stringify(unsealAll(JSON.parse(json), cipher));

  const sealList = (marked: Marked, list: ItemList): ItemList => {
    const sealItems = (items: readonly Item[]) =>
      items.map((item) => ({ ...item, json: seal(marked, item.json) as Item['json'] }));
    return {
      length: list.length,
      inMemory: list.inMemory && sealItems(list.inMemory),
      async *chunks() {
        for await (const items of list.chunks()) yield sealItems(items);
      },
      read: () => sealItems(list.read()),
    };
  };

  function sealWrite(write: ExecutionWrite, marked: Marked): ExecutionWrite {
    // All outputs first: what they hold is looked for in the texts.
    const outputs = write.nodeRuns?.map((run) => run.outputs.map((list) => sealList(marked, list)));
    const { nodeRuns, kept, units, marks, finish, checkpoint, callback, pending, ...rest } = write;
    return {
      ...rest,
      ...(nodeRuns && {
        nodeRuns: nodeRuns.map((run, index): NodeRunRecord => {
          const { outputs: _clear, ...summary } = run;
          return { ...(hideIn(summary, marked) as typeof summary), outputs: outputs?.[index] ?? [] };
        }),
      }),
      ...(kept && { kept: kept.map((entry) => ({ ...entry, value: seal(marked, entry.value) })) }),
      ...(checkpoint !== undefined && { checkpoint: checkpoint && sealText(marked, checkpoint) }),
      // What leaves the engine, or is shown, has no way back to the true values.
      ...(callback && {
        callback: {
          ...callback,
          body: JSON.stringify(hideIn(JSON.parse(sealText(marked, callback.body)), marked)),
        },
      }),
      ...(pending && {
        pending: pending.map((one) => ({ ...one, about: hideIn(one.about, marked) as typeof one.about })),
      }),
      ...(units && {
        units: units.map((unit) => ({ ...unit, result: unit.result && sealText(marked, unit.result) })),
      }),
      ...(marks && { marks: hideIn(seal(marked, marks), marked) as typeof marks }),
      ...(finish && { finish: { ...finish, error: hideIn(finish.error, marked) as typeof finish.error } }),
    };
  }

  return {
    beginRun(id, { redact }) {
      note(id, redact);
      return () => void open.delete(id);
    },
    executions: {
      ...executions,
      commit(write) {
        note(write.executionId, write.insert?.document.settings.redact);
        const marked = open.get(write.executionId);
        if (!marked) return executions.commit(write);
        return executions.commit(sealWrite(write, marked));
      },
      outputs: async (run) => unsealAll(await executions.outputs(run), cipher) as Item[][] | null,
      wholeRuns: async (id) => unsealAll(await executions.wholeRuns(id), cipher) as WholeRun[],
      lastItems: async (id) => unsealAll(await executions.lastItems(id), cipher) as Item[],
      async checkpoint(id) {
        const stored = await executions.checkpoint(id);
        return stored === null ? null : unsealText(stored);
      },
      async units(id) {
        const units = await executions.units(id);
        return units.map((unit) => ({ ...unit, result: unit.result && unsealText(unit.result) }));
      },
    },
    keptData: {
      set: (workflowId, key, value) => inner.keptData.set(workflowId, key, value),
      get: async (workflowId, key) => unsealAll(await inner.keptData.get(workflowId, key), cipher),
    },
    events: {
      ...inner.events,
      get isWatched() {
        return inner.events.isWatched;
      },
      publish(event) {
        const id =
          'executionId' in event ? event.executionId : 'execution' in event ? event.execution.id : '';
        if (!open.has(id)) return inner.events.publish(event);
        // Written by code, maybe ahead of the outputs that would tell what to hide: shown when the run is stored.
        if (event.type === 'node-log') return;
        if (event.type === 'node-finished') {
          const { logs: _unseen, error, ...nodeRun } = event.nodeRun;
          return inner.events.publish({
            ...event,
            nodeRun: { ...nodeRun, ...(error && { error: withoutFacts(error) }) },
          });
        }
        if ('execution' in event && event.execution.error) {
          const { execution } = event;
          const error = execution.error && withoutFacts(execution.error);
          return inner.events.publish({ ...event, execution: { ...execution, error } });
        }
        return inner.events.publish(event);
      },
    },
    visible: {
      ...executions,
      outputs: async (run) => maskAll(await executions.outputs(run)) as Item[][] | null,
    },
  };
}

/** The texts within a hidden value, to be found again in messages. */
function remember(secret: unknown, secrets: Set<string>): void {
  replaceTexts(secret, (text) => {
    if (text.length >= SHORTEST_SECRET && secrets.size < MOST_SECRETS) secrets.add(text);
    return text;
  });
}

function hideIn(value: unknown, { secrets }: Marked): unknown {
  if (secrets.size === 0) return maskAll(value);
  return maskAll(
    replaceTexts(value, (text) => {
      let hidden = text;
      for (const secret of secrets) hidden = hidden.replaceAll(secret, REDACTED);
      return hidden;
    }),
  );
}

/** What is known of a failure without the data that led to it. */
function withoutFacts({ code, nodeId, nodeName, runIndex, itemIndex }: ExecutionError): ExecutionError {
  return {
    code,
    message: isErrorCode(code) ? describeError(code) : code,
    ...(nodeId !== undefined && { nodeId }),
    ...(nodeName !== undefined && { nodeName }),
    ...(runIndex !== undefined && { runIndex }),
    ...(itemIndex !== undefined && { itemIndex }),
  };
}
