import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import type { WorkflowVersion } from '../../../contract/index.ts';
import { client, describeApiError } from '../../client/index.ts';
import { locale } from '../../i18n/index.ts';
import { confirmAction, showToast } from '../../ui/index.ts';
import { useEditorStore } from '../editor-store.ts';
import { dropDraft, keepDraft } from '../local-draft.ts';
import { versionName } from './version-texts.ts';

/** What one does with versions of the workflow in the editor. Failures become messages; each gives whether it was done. */
export function useVersionActions() {
  const { t } = useI18n();
  const router = useRouter();
  const editor = useEditorStore();

  async function attempt(action: (id: string) => Promise<string>): Promise<boolean> {
    if (!editor.workflowId) return false;
    try {
      showToast({ kind: 'success', title: await action(editor.workflowId) });
      return true;
    } catch (error) {
      showToast({
        kind: 'error',
        title: t('versions.failed'),
        text: describeApiError(error, locale.value),
      });
      return false;
    }
  }

  /** What is not saved yet would be missing from the version, or lost by restoring one. */
  async function saveFirst(id: string) {
    if (!editor.isDirty) return;
    await editor.save();
    dropDraft(id);
  }

  return {
    create: (texts: { name: string; note: string }) =>
      attempt(async (id) => {
        await saveFirst(id);
        await client.workflows.versions.create({ id, ...texts });
        return t('versions.saved');
      }),

    update: (version: number, texts: { name: string; note: string }) =>
      attempt(async (id) => {
        await client.workflows.versions.update({ id, version, ...texts });
        return t('versions.renamed');
      }),

    async remove(version: WorkflowVersion): Promise<boolean> {
      const confirmed = await confirmAction({
        title: t('versions.deleteTitle', { name: versionName(version) }),
        text: t('versions.deleteText'),
        confirmLabel: t('common.delete'),
        danger: true,
      });
      if (!confirmed) return false;
      return attempt(async (id) => {
        await client.workflows.versions.delete({ id, version: version.version });
        return t('versions.deleted');
      });
    },

    async restore(version: WorkflowVersion): Promise<boolean> {
      const confirmed = await confirmAction({
        title: t('versions.restoreTitle', { name: versionName(version) }),
        text: t('versions.restoreText'),
        confirmLabel: t('versions.restore'),
      });
      if (!confirmed) return false;
      return attempt(async (id) => {
        await saveFirst(id);
        const { revision } = editor;
        editor.open(await client.workflows.versions.restore({ id, version: version.version, revision }));
        return t('versions.restored', { name: versionName(version) });
      });
    },

    /** Unsaved changes go along: they are part of what one compares, and there again on the way back. */
    compare(from?: number) {
      const id = editor.workflowId;
      if (!id) return;
      if (editor.isDirty) keepDraft(id, editor.document, editor.revision);
      void router.push({ name: 'workflow-compare', params: { id }, query: { ...(from && { from }) } });
    },
  };
}
