import { useQuery } from '@pinia/colada';
import { computed, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRoute, useRouter } from 'vue-router';
import { ExecutionMode, ExecutionStatus } from '../../contract/index.ts';
import { client } from '../client/index.ts';

const HOUR = 3_600_000;
const PERIODS = { any: 0, hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR, month: 30 * 24 * HOUR } as const;
type Period = keyof typeof PERIODS;

/** The filters of the list with the choices for each. They live in the address, so that back and links keep them. */
export function useExecutionFilters() {
  const { t } = useI18n();
  const route = useRoute();
  const router = useRouter();

  const inAddress = <T extends string>(name: string, isKnown: (text: string) => text is T) =>
    computed<T | 'all'>({
      get: () => {
        const value = route.query[name];
        return typeof value === 'string' && isKnown(value) ? value : 'all';
      },
      set: (value) => {
        const { [name]: _dropped, ...rest } = route.query;
        void router.replace({ query: value === 'all' ? rest : { ...rest, [name]: value } });
      },
    });

  const workflow = inAddress('workflow', (text): text is string => text !== '');
  const status = inAddress(
    'status',
    (text): text is ExecutionStatus => ExecutionStatus.safeParse(text).success,
  );
  const mode = inAddress('mode', (text): text is ExecutionMode => ExecutionMode.safeParse(text).success);
  const period = ref<Period>('any');
  /** Fixed when the period is chosen: a moving limit would make every answer a different question. */
  const startedAfter = ref<number>();

  const workflows = useQuery({
    key: ['workflows', 'names'],
    query: () => client.workflows.list({ limit: 200, sort: 'name', direction: 'asc' }),
  });

  return {
    workflow,
    status,
    mode,
    period: computed<Period>({
      get: () => period.value,
      set: (value) => {
        period.value = value;
        startedAfter.value = value === 'any' ? undefined : Date.now() - PERIODS[value];
      },
    }),
    input: computed(() => ({
      workflowId: workflow.value === 'all' ? undefined : workflow.value,
      status: status.value === 'all' ? undefined : status.value,
      mode: mode.value === 'all' ? undefined : mode.value,
      startedAfter: startedAfter.value,
    })),
    isFiltered: computed(
      () =>
        [workflow.value, status.value, mode.value].some((value) => value !== 'all') || period.value !== 'any',
    ),
    clear() {
      period.value = 'any';
      startedAfter.value = undefined;
      void router.replace({ query: {} });
    },
    workflowOptions: computed(() => [
      { value: 'all', label: t('executions.allWorkflows') },
      ...(workflows.data.value?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
    ]),
    statusOptions: computed(() => [
      { value: 'all' as const, label: t('executions.allStatuses') },
      ...ExecutionStatus.options.map((value) => ({ value, label: t(`status.${value}`) })),
    ]),
    modeOptions: computed(() => [
      { value: 'all' as const, label: t('executions.allModes') },
      ...ExecutionMode.options.map((value) => ({ value, label: t(`mode.${value}`) })),
    ]),
    periodOptions: computed(() => [
      { value: 'any' as const, label: t('executions.anyTime') },
      { value: 'hour' as const, label: t('executions.lastHour') },
      { value: 'day' as const, label: t('executions.lastDay') },
      { value: 'week' as const, label: t('executions.lastWeek') },
      { value: 'month' as const, label: t('executions.lastMonth') },
    ]),
  };
}
