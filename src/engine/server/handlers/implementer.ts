import { implement } from '@orpc/server';
import { contract } from '../../../contract/index.ts';
import type { RequestContext } from '../services.ts';

/** The contract, waiting for its handlers. */
export const implementer = implement(contract).$context<RequestContext>();
