import { OPENAPI_LIMIT_MB, type OpenApiList, type OpenApiOperation } from '../../contract/index.ts';
import { EngineError } from '../kernel/index.ts';
import type { HttpClient } from '../node-kit/index.ts';
import type { TaskRunner } from '../tasks/index.ts';
import { fetchText } from './fetch-text.ts';
import type { OpenApiService } from './services.ts';

/** A document of the largest size takes a few seconds. */
const TIMEOUT_MS = 60_000;

/** Reads documents in a process of their own: large ones would hold up the engine's thread. */
export function createOpenApi(parts: { http: HttpClient; tasks: Pick<TaskRunner, 'run'> }): OpenApiService {
  const { http, tasks } = parts;

  async function inTask(name: string, input: unknown): Promise<unknown> {
    const ending = new AbortController();
    const timer = setTimeout(
      () => ending.abort(new EngineError('TASK_TIMEOUT', { limitMs: TIMEOUT_MS })),
      TIMEOUT_MS,
    );
    try {
      return await tasks.run(`openapi/${name}`, input, ending.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    fetch: (url) =>
      fetchText(http, {
        url,
        accept: 'application/json, application/yaml, text/yaml, text/plain, */*;q=0.5',
        largestBytes: OPENAPI_LIMIT_MB * 1024 ** 2,
        refused: (status, reason) => new EngineError('HTTP_STATUS', { method: 'GET', url, status, reason }),
        tooLarge: () => new EngineError('OPENAPI_TOO_LARGE', { limitMb: OPENAPI_LIMIT_MB }),
      }),
    operations: async (text) => (await inTask('operations', { text })) as OpenApiList,
    operation: async (wanted) => (await inTask('operation', wanted)) as OpenApiOperation,
    async node(operation, filled) {
      const { buildRequest } = await import('../workflow/import/openapi/index.ts');
      return buildRequest(operation, filled);
    },
  };
}
