import { callbackOf } from './callback-of.ts';
import type { Compiler } from './compiled-workflow.ts';
import type { ErrorStarter } from './error-workflow.ts';
import type { ExecutionServices } from './services.ts';

/**
 * What follows the end of an execution that did not end by itself: its callback, its error workflow and whoever is to be
 * told. Never rejects: the end is stored already.
 */
export function createEndTeller(options: {
  services: ExecutionServices;
  compiler: Compiler;
  errorStarter: Pick<ErrorStarter, 'begin'>;
}): (executionId: string) => Promise<void> {
  const { services, compiler, errorStarter } = options;
  return async (executionId) => {
    try {
      const ended = await services.store.get(executionId);
      if (!ended) return;
      const { document, bootId: _bootId, ...summary } = ended;
      if (services.events.isWatched)
        services.events.publish({ type: 'execution-finished', execution: summary });
      const callback = callbackOf(summary, document.settings, []);
      if (callback) {
        await services.store.commit({ executionId, callback });
        services.onCallback();
      }
      if (summary.mode === 'manual') return;
      services.onFinished(summary);
      await errorStarter.begin(summary, await compiler.compile(document));
    } catch (error) {
      services.logger.error({ err: error, executionId }, 'Nobody could be told that an execution was ended');
    }
  };
}
