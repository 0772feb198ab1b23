import type { WorkflowDocument } from '../../contract/index.ts';
import type { Vault } from '../credentials/index.ts';
import type { ExpressionEngine } from '../expression/index.ts';
import { isEngineError } from '../kernel/index.ts';
import type { HttpClient } from '../node-kit/index.ts';
import type { Registry } from '../registry/index.ts';
import { readWorkflow, serializeWorkflow, validateWorkflow } from '../workflow/index.ts';
import { fetchWorkflow } from './fetch-workflow.ts';
import type { DocumentService } from './services.ts';

/** Documents seen by this installation: its node types, its credentials, its expressions. */
export function createDocuments(parts: {
  registry: Registry;
  expressions: Pick<ExpressionEngine, 'compile'>;
  vault: Pick<Vault, 'summary'>;
  http: HttpClient;
}): DocumentService {
  const { registry, expressions, vault, http } = parts;
  const lookup = (type: string, version: number) => {
    const description = registry.describe(type, version);
    return description && { description, loop: registry.isLoop(type) };
  };

  async function missingCredentials({ nodes }: WorkflowDocument): Promise<Set<string>> {
    const ids = new Set(nodes.flatMap(({ credentials }) => Object.values(credentials ?? {})));
    for (const id of ids) if (id === '' || (await vault.summary(id))) ids.delete(id);
    return ids;
  }

  return {
    read: readWorkflow,
    fetch: (url) => fetchWorkflow(http, url),
    serialize: serializeWorkflow,
    async validate(document, { forActivation = false } = {}) {
      const missing = await missingCredentials(document);
      return validateWorkflow(document, lookup, {
        forActivation,
        credentialExists: (id) => !missing.has(id),
        expressionCheck: (text) => checkExpression(expressions, text),
      });
    },
  };
}

/** What is wrong with an expression's syntax, null when nothing is. */
function checkExpression(engine: Pick<ExpressionEngine, 'compile'>, text: string) {
  try {
    engine.compile(text);
    return null;
  } catch (error) {
    if (!isEngineError(error)) throw error;
    return { reason: String(error.facts.reason), position: Number(error.facts.position ?? 0) };
  }
}
