import { useQuery } from '@pinia/colada';
import { computed } from 'vue';
import type { CredentialUse } from '../../contract/index.ts';
import { client } from '../client/index.ts';

/** Which workflows use a credential; undefined while that is not known. */
export function useCredentialUses() {
  const query = useQuery({
    key: ['credentials', 'uses'],
    query: () => client.credentials.uses(),
    // Workflows are changed on other pages.
    staleTime: 0,
  });
  const byId = computed(
    () => new Map(query.data.value?.items.map(({ credentialId, workflows }) => [credentialId, workflows])),
  );
  return (id: string): CredentialUse['workflows'] | undefined =>
    query.data.value === undefined ? undefined : (byId.value.get(id) ?? []);
}
