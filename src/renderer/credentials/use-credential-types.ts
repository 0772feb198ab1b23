import { useQuery } from '@pinia/colada';
import { computed } from 'vue';
import { client } from '../client/index.ts';
import { locale } from '../i18n/index.ts';

/** Every credential type of the engine with its name in the user's language. */
export function useCredentialTypes() {
  const query = useQuery({
    key: ['credentialTypes'],
    query: () => client.credentialTypes.list(),
    staleTime: 600_000,
  });
  const types = computed(() => query.data.value?.items ?? []);
  return {
    ...query,
    types,
    typeName: (type: string): string =>
      types.value.find((candidate) => candidate.type === type)?.texts[locale.value].name ?? type,
  };
}
