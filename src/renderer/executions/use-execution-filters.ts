import { useQuery } from '@pinia/colada';
import { computed, ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRoute, useRouter } from 'vue-router';
import { ExecutionMode, ExecutionStatus } from '../../contract/index.ts';
import { client } from '../client/index.ts';
import { dayEnd, dayStart, parseMark, PERIODS, type Period } from './filter-values.ts';

const NAMES = ['workflow', 'status', 'mode', 'time', 'from', 'to', 'text', 'mark'] as const;

/** The filters of the list with the choices for each. They live in the address, so that back and links keep them. */
export function useExecutionFilters() {
  const { t } = useI18n();
  const route = useRoute();
  const router = useRouter();

  const inAddress = (name: (typeof NAMES)[number]) =>
    computed<string>({
      get: () => {
        const value = route.query[name];
        return typeof value === 'string' ? value : '';
      },
      set: (value) => {
        const { [name]: _dropped, ...rest } = route.query;
        void router.replace({ query: value === '' ? rest : { ...rest, [name]: value } });
      },
    });
  /** One of several choices; `all` where the address has none. */
  const choice = <T extends string>(name: (typeof NAMES)[number], isKnown: (text: string) => text is T) => {
    const stored = inAddress(name);
    return computed<T | 'all'>({
      get: () => (isKnown(stored.value) ? stored.value : 'all'),
      set: (value) => (stored.value = value === 'all' ? '' : value),
    });
  };

  const workflow = choice('workflow', (text): text is string => text !== '');
  const mode = choice('mode', (text): text is ExecutionMode => ExecutionMode.safeParse(text).success);
  const period = choice('time', (text): text is Period => Object.hasOwn(PERIODS, text));
  const [from, to, text, mark] = [inAddress('from'), inAddress('to'), inAddress('text'), inAddress('mark')];
  const statusText = inAddress('status');
  const statuses = computed<ExecutionStatus[]>({
    get: () => ExecutionStatus.options.filter((status) => statusText.value.split(',').includes(status)),
    set: (value) => (statusText.value = value.join(',')),
  });

  /** Fixed when the period is chosen: a moving limit would make every answer a different question. */
  const since = ref<number>();
  watch(
    period,
    (value) => {
      const length = value === 'all' ? 0 : PERIODS[value];
      since.value = length === 0 ? undefined : Date.now() - length;
    },
    { immediate: true },
  );

  const workflows = useQuery({
    key: ['workflows', 'names'],
    query: () => client.workflows.list({ limit: 200, sort: 'name', direction: 'asc' }),
  });

  return {
    workflow,
    statuses,
    mode,
    period,
    from,
    to,
    text,
    mark,
    input: computed(() => ({
      workflowId: workflow.value === 'all' ? undefined : workflow.value,
      status: statuses.value.length === 0 ? undefined : statuses.value,
      mode: mode.value === 'all' ? undefined : mode.value,
      startedAfter: period.value === 'custom' ? dayStart(from.value) : since.value,
      startedBefore: period.value === 'custom' ? dayEnd(to.value) : undefined,
      ...parseMark(mark.value),
    })),
    isFiltered: computed(() => NAMES.some((name) => route.query[name] !== undefined)),
    clear() {
      void router.replace({ query: {} });
    },
    workflowOptions: computed(() => [
      { value: 'all', label: t('executions.allWorkflows') },
      ...(workflows.data.value?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
    ]),
    modeOptions: computed(() => [
      { value: 'all' as const, label: t('executions.allModes') },
      ...ExecutionMode.options.map((value) => ({ value, label: t(`mode.${value}`) })),
    ]),
    periodOptions: computed(() => [
      { value: 'all' as const, label: t('executions.anyTime') },
      { value: 'hour' as const, label: t('executions.lastHour') },
      { value: 'day' as const, label: t('executions.lastDay') },
      { value: 'week' as const, label: t('executions.lastWeek') },
      { value: 'month' as const, label: t('executions.lastMonth') },
      { value: 'custom' as const, label: t('executions.customTime') },
    ]),
  };
}
