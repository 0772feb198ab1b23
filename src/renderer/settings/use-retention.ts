import { useQuery, useQueryCache } from '@pinia/colada';
import { computed, onScopeDispose, ref, watch } from 'vue';
import { RetentionSettings, type PruneProgress } from '../../contract/index.ts';
import { client, useDebounced, refreshQueries } from '../client/index.ts';

const GB = 1024 ** 3;
const WATCH_MS = 500;

/** The form's fields; undefined sets no limit. */
export interface RetentionFields {
  maxAgeDays: number | undefined;
  maxTotal: number | undefined;
  maxPerWorkflow: number | undefined;
  maxGigabytes: number | undefined;
}

/** The limits of the history: as stored, as being edited, and what they would remove; and how a clean-up goes. */
export function useRetention() {
  const cache = useQueryCache();
  const stored = useQuery({ key: ['storage', 'retention'], query: () => client.storage.retention() });
  const fields = ref<RetentionFields>();
  watch(stored.data, (settings) => settings && (fields.value = toFields(settings)), { immediate: true });

  /** Null while a field holds what cannot be stored. */
  const edited = computed(() => {
    if (!fields.value) return null;
    const parsed = RetentionSettings.safeParse(toSettings(fields.value));
    return parsed.success ? parsed.data : null;
  });
  const isChanged = computed(
    () =>
      stored.data.value !== undefined && JSON.stringify(edited.value) !== JSON.stringify(stored.data.value),
  );
  const settled = useDebounced(edited, 400);
  const preview = useQuery({
    key: () => ['storage', 'preview', { ...settled.value }],
    enabled: () => settled.value !== null,
    query: ({ signal }) => client.storage.preview(settled.value ?? nothing(), { signal }),
  });

  const progress = ref<PruneProgress>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  async function look(): Promise<void> {
    clearTimeout(timer);
    const before = progress.value?.state;
    progress.value = await client.storage.progress();
    if (progress.value.state === 'running') timer = setTimeout(() => void look().catch(() => {}), WATCH_MS);
    else if (before === 'running') {
      await refreshQueries(cache, ['executions']);
      await refreshQueries(cache, ['storage']);
    }
  }
  void look().catch(() => {});
  onScopeDispose(() => clearTimeout(timer));

  return {
    stored,
    fields,
    edited,
    isChanged,
    preview,
    progress,
    async save() {
      if (!edited.value) return;
      await client.storage.setRetention(edited.value);
      await stored.refetch();
    },
    async prune() {
      progress.value = await client.storage.prune();
      await look();
    },
  };
}

function toFields({ maxAgeDays, maxTotal, maxPerWorkflow, maxBytes }: RetentionSettings): RetentionFields {
  return {
    maxAgeDays: maxAgeDays ?? undefined,
    maxTotal: maxTotal ?? undefined,
    maxPerWorkflow: maxPerWorkflow ?? undefined,
    maxGigabytes: maxBytes === null ? undefined : Number((maxBytes / GB).toFixed(2)),
  };
}

function toSettings(fields: RetentionFields): RetentionSettings {
  return {
    maxAgeDays: fields.maxAgeDays ?? null,
    maxPerWorkflow: fields.maxPerWorkflow ?? null,
    maxTotal: fields.maxTotal ?? null,
    maxBytes: fields.maxGigabytes === undefined ? null : Math.round(fields.maxGigabytes * GB),
  };
}

function nothing(): RetentionSettings {
  return { maxAgeDays: null, maxPerWorkflow: null, maxTotal: null, maxBytes: null };
}
