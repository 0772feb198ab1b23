import type { ParameterMap, ParametersOf } from './parameters.ts';

export const HTTP_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'] as const;
export type HttpMethod = (typeof HTTP_METHODS)[number];

/** A webhook a workflow wants. */
export interface WebhookDeclaration {
  /** Below the webhook base URL, without slashes at its ends; `:name` segments are parameters. */
  path: string;
  methods: HttpMethod[];
  /** When the caller is answered: at once, when the execution ended, or by a Respond to Webhook node. */
  respond: 'immediately' | 'at-end' | 'respond-node';
  /** What an answer at the end holds. */
  responseData: 'first-item' | 'all-items' | 'first-binary' | 'none';
  responseStatus: number;
  responseHeaders: Array<{ name: string; value: string }>;
  authentication: 'none' | 'basic' | 'header' | 'bearer';
  /** Hand over the body's bytes as binary field `data` instead of parsing them. */
  rawBody: boolean;
}

/**
 * A schedule a workflow wants. Cron takes five fields, or six with seconds first; with `every` only each n-th hour,
 * day, week or month of its times counts. Times of an interval are multiples of it since 1970, so that every process
 * finds the same ones.
 */
export type ScheduleDeclaration =
  | {
      kind: 'cron';
      expression: string;
      every?: { unit: 'hours' | 'days' | 'weeks' | 'months'; count: number };
    }
  | { kind: 'interval'; everyMs: number };

/** How a trigger node begins executions. */
export type TriggerDeclaration<P extends ParameterMap = ParameterMap> =
  | { kind: 'manual' }
  | { kind: 'sub-workflow' }
  | { kind: 'error' }
  | { kind: 'webhook'; webhook(parameters: ParametersOf<P>): WebhookDeclaration }
  | { kind: 'schedule'; schedules(parameters: ParametersOf<P>): ScheduleDeclaration[] };
