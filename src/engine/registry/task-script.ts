import { join } from 'node:path';
import { findScript } from '../kernel/index.ts';

/** What a task process runs: all tasks of nodes, and reading OpenAPI documents. */
export const findTaskScript = () => findScript(join(import.meta.dirname, 'task-host.ts'));
