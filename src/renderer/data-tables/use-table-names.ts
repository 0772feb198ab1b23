import { useQuery } from '@pinia/colada';
import { client } from '../client/index.ts';

/** All data tables with their columns. */
export function useTableNames() {
  return useQuery({
    key: ['data-tables', 'list'],
    query: ({ signal }) => client.dataTables.list(undefined, { signal }),
  });
}
