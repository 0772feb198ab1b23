import { useQuery, useQueryCache } from '@pinia/colada';
import { computed, ref, watch } from 'vue';
import type { DataFilter, DataRow, DataSort } from '../../contract/index.ts';
import { client, describeApiError, refreshQueries } from '../client/index.ts';
import { locale } from '../i18n/index.ts';
import { showToast } from '../ui/index.ts';

const PAGE_SIZE = 50;

/** One table with a page of its rows, and what is done to them. Failures are told in toasts. */
export function useTableRows(id: () => string) {
  const cache = useQueryCache();
  const filter = ref<DataFilter>();
  const sort = ref<DataSort>();
  const offset = ref(0);
  watch([filter, sort, id], () => (offset.value = 0));

  const table = useQuery({
    key: () => ['data-tables', 'table', id()],
    query: ({ signal }) => client.dataTables.get({ id: id() }, { signal }),
  });
  const rows = useQuery({
    key: () => ['data-tables', 'rows', id(), JSON.stringify([filter.value, sort.value, offset.value])],
    query: ({ signal }) =>
      client.dataTables.rows(
        { id: id(), filter: filter.value, sort: sort.value, offset: offset.value, limit: PAGE_SIZE },
        { signal },
      ),
    placeholderData: (previous) => previous,
  });

  /** Gives whether the engine did it. */
  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      await refreshQueries(cache, ['data-tables']);
      return true;
    } catch (error) {
      showToast({ kind: 'error', title: describeApiError(error, locale.value) });
      return false;
    }
  }

  return {
    table,
    rows,
    filter,
    sort,
    offset,
    pageSize: PAGE_SIZE,
    page: computed(() => rows.data.value),
    attempt,
    setCell: (row: DataRow, column: string, value: unknown) =>
      attempt(() => client.dataTables.updateRow({ id: id(), rowId: row.id, values: { [column]: value } })),
    addRow: () => attempt(() => client.dataTables.insertRow({ id: id(), values: {} })),
    deleteRow: (row: DataRow) => attempt(() => client.dataTables.deleteRows({ id: id(), rowIds: [row.id] })),
    refresh: () => refreshQueries(cache, ['data-tables']),
  };
}
