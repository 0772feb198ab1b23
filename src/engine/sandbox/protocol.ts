/** What is run behind the wall, in the form it crosses processes in. */
export type Job =
  | {
      kind: 'code';
      source: string;
      mode: 'all-items' | 'each-item';
      itemsText: string;
      keepsGoing: boolean;
      /** What the workflow keeps, as JSON of `StaticData`; null for code that does not ask for it. */
      staticText: string | null;
    }
  | { kind: 'expressions'; sources: string[]; itemsText: string; jsonText: string | undefined };

export interface RunMessage {
  type: 'run';
  id: number;
  /** Isolates are shared only within one owner. */
  owner: string;
  memoryMb: number;
  /** From the moment the run begins, waiting for an isolate not counted. */
  timeoutMs: number;
  timezone: string;
  now: number;
  job: Job;
}

/** Why a run gave no answer of its own. */
export type Breach = { kind: 'timeout' } | { kind: 'memory' } | { kind: 'internal'; reason: string };

export type ToHost =
  | { type: 'start'; runtime: string }
  | RunMessage
  | { type: 'abort'; id: number }
  | { type: 'answer'; question: number; text: string };

export type FromHost =
  | { type: 'ready' }
  | { type: 'done'; id: number; text: string }
  | { type: 'breach'; id: number; breach: Breach }
  | { type: 'ask'; id: number; question: number; operation: string; values: string }
  | { type: 'log'; id: number; level: string; text: string };
