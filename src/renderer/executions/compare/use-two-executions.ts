import { useQuery } from '@pinia/colada';
import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { client } from '../../client/index.ts';

/** First items of each output that are fetched and compared. */
export const COMPARED_ITEMS = 50;

/** The two executions that the address names: `?a=ID&b=ID`. */
export function useTwoExecutions() {
  const route = useRoute();
  const router = useRouter();
  const idOf = (name: 'a' | 'b') => (typeof route.query[name] === 'string' ? route.query[name] : null);
  const ids = computed(() => {
    const [a, b] = [idOf('a'), idOf('b')];
    return a && b ? { a, b } : null;
  });
  const query = useQuery({
    key: () => ['executions', 'compare', ids.value?.a ?? '', ids.value?.b ?? ''],
    enabled: () => ids.value !== null,
    query: async ({ signal }) => {
      const fetchOne = (id: string) => client.executions.get({ id, itemLimit: COMPARED_ITEMS }, { signal });
      const [a, b] = await Promise.all([fetchOne(ids.value?.a ?? ''), fetchOne(ids.value?.b ?? '')]);
      return { a, b };
    },
  });
  const swap = () => ids.value && router.replace({ query: { a: ids.value.b, b: ids.value.a } });
  return { ids, query, swap };
}
