import type { FormPage } from './form.ts';
import type { Listener, ListenContext } from './listener.ts';
import type { ParameterMap, ParametersOf } from './parameters.ts';

export const HTTP_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'] as const;
export type HttpMethod = (typeof HTTP_METHODS)[number];

/** Senders whose calls are checked by a signature, and how they are answered known: by their own documentation. */
export const SIGNED_AUTHENTICATIONS = [
  ...(['hmac', 'github', 'gitee', 'stripe', 'feishu', 'wecom', 'dingtalk', 'dingtalk-robot'] as const),
] as const;
export type SignedAuthentication = (typeof SIGNED_AUTHENTICATIONS)[number];

/** A HMAC of the body, or of a timestamp, the separator and the body. */
export interface SignatureDeclaration {
  algorithm: 'sha1' | 'sha256' | 'sha512';
  header: string;
  encoding: 'hex' | 'base64';
  /** Before the signature in the header, such as `sha256=`. */
  prefix: string;
  timestamp: { header: string; separator: string; toleranceSeconds: number } | null;
}

/** By what a call is known to have come before, within a window of time. */
export interface DeduplicateDeclaration {
  by: 'delivery-id' | 'body';
  /** Where the item holds the id, such as `headers.x-request-id`; empty for the sender's own, else the body. */
  path: string;
  windowSeconds: number;
}

export interface RateLimit {
  requests: number;
  windowSeconds: number;
}

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
  /** Of the first item, the only field that is answered; for `first-binary`, the file's field. Empty for all. */
  responseField: string;
  /** What is answered at once in place of the execution's id. */
  responseText: string;
  authentication: 'none' | 'basic' | 'header' | 'bearer' | 'jwt' | SignedAuthentication;
  /** For `hmac`. */
  signature?: SignatureDeclaration;
  /** Absent where every call begins an execution. */
  deduplicate?: DeduplicateDeclaration;
  rateLimit?: RateLimit;
  /** The most bytes of a body, where that is less than the engine allows. */
  bodyLimit?: number;
  /** Hand over the body's bytes as a file instead of parsing them. */
  rawBody: boolean;
  /** The binary field for a body that is a file; several files of a form are numbered after it. */
  binaryField: string;
  /** Give the items of each method at an output of its own, in the order of `methods`. */
  outputPerMethod: boolean;
  /** Origins whose pages may read answers: `*`, or a list with commas; empty for none. */
  allowedOrigins: string;
  /** Addresses and networks (CIDR) that may call, with commas; empty for all. */
  ipAllowList: string;
  /** Refuse link previews, crawlers and their like. */
  ignoreBots: boolean;
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

/**
 * What becomes of slots that passed while nobody watched, as in sleep: nothing, one execution for the latest of them, or
 * one for each (the latest hundred).
 */
export const MISSED_SLOTS = ['skip', 'last', 'all'] as const;
export type MissedSlots = (typeof MISSED_SLOTS)[number];

/** A form a workflow wants: a page whose answers begin executions. */
export interface FormDeclaration {
  path: string;
  page: FormPage;
  authentication: 'none' | 'basic';
  /** When the browser is answered, where no further page or node does it before. */
  respond: 'immediately' | 'at-end' | 'respond-node';
  /** What it is answered then: an address to go to, else a text; the usual one where both are empty. */
  answer: FormAnswer;
  ipAllowList: string;
  ignoreBots: boolean;
}

/** What a browser is shown after the last page. */
export interface FormAnswer {
  redirect: string;
  title: string;
  text: string;
}

/** How a trigger node begins executions. */
export type TriggerDeclaration<P extends ParameterMap = ParameterMap> =
  | { kind: 'manual' }
  | { kind: 'sub-workflow' }
  | { kind: 'error' }
  | { kind: 'webhook'; webhook(parameters: ParametersOf<P>): WebhookDeclaration }
  | { kind: 'form'; form(parameters: ParametersOf<P>): FormDeclaration }
  | {
      kind: 'schedule';
      schedules(parameters: ParametersOf<P>): ScheduleDeclaration[];
      missed(parameters: ParametersOf<P>): MissedSlots;
    }
  | {
      kind: 'listener';
      /** Resolves when it is connected. Throws a `NodeError` that names the cause. */
      listen(context: ListenContext<P>): Promise<Listener>;
    };
