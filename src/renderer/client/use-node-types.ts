import { useQuery } from '@pinia/colada';
import { computed } from 'vue';
import type { NodeTypeDescription } from '../../contract/index.ts';
import { client } from './client.ts';

/** Every node type of the engine, fetched once. `byType` gives the newest version of a type. */
export function useNodeTypes() {
  const query = useQuery({
    key: ['nodeTypes'],
    query: () => client.nodeTypes.list(),
    staleTime: 600_000,
  });
  const nodeTypes = computed(() => query.data.value?.items ?? []);
  const byType = computed(() => {
    const newest = new Map<string, NodeTypeDescription>();
    for (const description of nodeTypes.value) {
      const known = newest.get(description.type);
      if (!known || known.version < description.version) newest.set(description.type, description);
    }
    return newest;
  });
  return { ...query, nodeTypes, byType };
}
