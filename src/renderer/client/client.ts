import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../contract/index.ts';
import { createHttpLink } from './http-link.ts';
import { createPortLink } from './port-link.ts';

/** Whether this window talks to the engine through the desktop instead of over HTTP. */
export const isDesktop = window.guixuflowDesktop !== undefined;

export const API_BASE_PATH = '/api/v1';

/** Every procedure of the contract as a typed function. Failures are `ORPCError`s: see `describeApiError`. */
export const client: ContractRouterClient<Contract> = createORPCClient(
  isDesktop ? createPortLink(window) : createHttpLink(new URL(API_BASE_PATH, window.location.origin).href),
);
