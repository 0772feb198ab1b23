import { useQueryCache } from '@pinia/colada';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import type { WorkflowFileFormat, WorkflowSummary } from '../../contract/index.ts';
import { client, describeApiError, refreshQueries } from '../client/index.ts';
import { locale } from '../i18n/index.ts';
import { showImportReport } from '../import-report/index.ts';
import { confirmAction, saveTextFile, showToast } from '../ui/index.ts';

/** What can be done with a workflow from a list. Failures become messages, so nothing here throws. */
export function useWorkflowActions() {
  const { t } = useI18n();
  const router = useRouter();
  const cache = useQueryCache();
  const refresh = () => refreshQueries(cache, ['workflows']);

  async function attempt(failure: string, action: () => Promise<void>, edit?: string) {
    try {
      await action();
    } catch (error) {
      showToast({
        kind: 'error',
        title: failure,
        text: describeApiError(error, locale.value),
        ...(edit && {
          action: { label: t('workflows.openEditor'), run: () => void router.push(`/workflows/${edit}`) },
        }),
      });
    } finally {
      await refresh();
    }
  }

  return {
    setActive: ({ id, name }: WorkflowSummary, active: boolean) =>
      attempt(
        t(active ? 'workflows.activateFailed' : 'workflows.deactivateFailed', { name }),
        async () => {
          await (active ? client.workflows.activate({ id }) : client.workflows.deactivate({ id }));
          showToast({
            kind: 'success',
            title: t(active ? 'workflows.activated' : 'workflows.deactivated', { name }),
          });
        },
        id,
      ),

    run: ({ id, name }: WorkflowSummary) =>
      attempt(
        t('workflows.startFailed', { name }),
        async () => {
          const execution = await client.executions.start({ workflowId: id });
          showToast({
            kind: 'success',
            title: t('workflows.started', { name }),
            action: {
              label: t('workflows.viewExecution'),
              run: () => void router.push(`/executions/${execution.id}`),
            },
          });
        },
        id,
      ),

    duplicate: ({ id, name }: WorkflowSummary) =>
      attempt(t('workflows.duplicateFailed', { name }), async () => {
        const copy = await client.workflows.duplicate({ id });
        showToast({
          kind: 'success',
          title: t('workflows.duplicated', { name: copy.name }),
          action: { label: t('workflows.openEditor'), run: () => void router.push(`/workflows/${copy.id}`) },
        });
      }),

    exportFile: ({ id, name }: WorkflowSummary, format: WorkflowFileFormat) =>
      attempt(t('workflows.exportFailed', { name }), async () => {
        const { fileName, text } = await client.workflows.export({ id, format });
        saveTextFile(fileName, text);
      }),

    async remove({ id, name, active }: WorkflowSummary) {
      const parts = [active && t('workflows.deleteActive'), t('workflows.deleteText')];
      const confirmed = await confirmAction({
        title: t('workflows.deleteTitle', { name }),
        text: parts.filter(Boolean).join(' '),
        confirmLabel: t('common.delete'),
        danger: true,
      });
      if (!confirmed) return;
      await attempt(t('workflows.deleteFailed', { name }), async () => {
        await client.workflows.delete({ id });
        showToast({ kind: 'success', title: t('workflows.deleted', { name }) });
      });
    },

    /** Imports the files one after the other; each says for itself how it went. */
    async importFiles(files: Iterable<File>) {
      for (const file of files) {
        await attempt(t('workflows.importFailed', { file: file.name }), async () => {
          const { id, name, problems, report } = await client.workflows.import({
            text: await file.text(),
            fileName: file.name,
          });
          if (report) {
            const openNode = (node: string) =>
              void router.push({ path: `/workflows/${id}`, query: { node } });
            showImportReport({ name, report, openNode });
            return;
          }
          showToast({
            kind: problems.length > 0 ? 'info' : 'success',
            title:
              problems.length > 0
                ? t('workflows.importedProblems', { name, count: problems.length }, problems.length)
                : t('workflows.imported', { name }),
            action: { label: t('workflows.openEditor'), run: () => void router.push(`/workflows/${id}`) },
          });
        });
      }
    },
  };
}
