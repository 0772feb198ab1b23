import type { WorkflowDocument } from '../../contract/index.ts';
import { RouteTable } from './route-table.ts';
import type { TriggerServices } from './trigger-services.ts';
import { normalizePath } from './webhook-urls.ts';

/** Calls of unknown paths may come by the thousand; the drafts are read again at most this often. */
const FRESH_MS = 10_000;
const PAGE_SIZE = 200;

export interface InactiveWebhooks {
  /** Name of an inactive workflow whose draft has a webhook at that path; null when there is none. */
  find(path: string): Promise<string | null>;
}

/** Knows the webhooks of inactive workflows, for a helpful 404. Nothing is read until a call misses. */
export function createInactiveWebhooks(
  services: Pick<TriggerServices, 'workflows' | 'findNodeType' | 'clock'>,
): InactiveWebhooks {
  let known: { at: number; table: Promise<RouteTable<string>> } | undefined;

  const load = async (): Promise<RouteTable<string>> => {
    const table = new RouteTable<string>();
    let cursor: string | undefined;
    do {
      const page = await services.workflows.list({
        limit: PAGE_SIZE,
        active: false,
        sort: 'updatedAt',
        direction: 'desc',
        ...(cursor !== undefined && { cursor }),
      });
      for (const { id, nodeTypes } of page.items) {
        if (!(await hasWebhookType(nodeTypes))) continue;
        const workflow = await services.workflows.get(id);
        if (workflow) await addWebhooks(table, workflow.document);
      }
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return table;
  };

  const isWebhook = async (type: string, version: number) =>
    (await services.findNodeType(type, version))?.trigger?.kind === 'webhook';

  const hasWebhookType = async (types: readonly string[]) => {
    for (const type of types) if (await isWebhook(type, 1)) return true;
    return false;
  };

  const addWebhooks = async (table: RouteTable<string>, document: WorkflowDocument) => {
    for (const { type, typeVersion, parameters } of document.nodes) {
      const { path } = parameters;
      // A path that is an expression cannot be known without running it.
      if (typeof path !== 'string' || path.startsWith('=') || !(await isWebhook(type, typeVersion))) continue;
      table.add({ path: normalizePath(path), methods: ['*'], value: document.name });
    }
  };

  return {
    async find(path) {
      const now = services.clock.now();
      if (!known || now - known.at > FRESH_MS) {
        known = { at: now, table: load() };
        // A failed reading is not kept.
        known.table.catch(() => (known = undefined));
      }
      return (await known.table).find('*', path).value ?? null;
    },
  };
}
