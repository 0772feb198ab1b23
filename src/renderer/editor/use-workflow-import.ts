import { ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { client } from '../client/index.ts';
import { showImportReport } from '../import-report/index.ts';
import { showToast } from '../ui/index.ts';
import { addressIn, type Fragment } from './document/clipboard.ts';
import { useEditorStore } from './editor-store.ts';
import { readWorkflowText, type ReadText } from './read-workflow-text.ts';

/** Adding the nodes of another workflow; `paste` puts them beside what is there. */
export function useWorkflowImport(paste: (fragment: Fragment) => void) {
  const editor = useEditorStore();
  const { t } = useI18n();
  /** The address in the dialog that asks for one; null while it is closed. */
  const address = ref<string | null>(null);

  /** An empty workflow becomes the one that was read, name and settings included. */
  function add({ fragment, report }: ReadText) {
    if (editor.document.nodes.length === 0) {
      const { id: _id, ...parsed } = fragment;
      editor.apply((document) => ({
        ...parsed,
        ...(document.id !== undefined && { id: document.id }),
        name: parsed.name === '-' ? document.name : parsed.name,
      }));
    } else paste(fragment);
    if (report) showImportReport({ name: fragment.name, report });
    else showToast({ kind: 'success', title: t('editor.import.done', fragment.nodes.length) });
  }

  return {
    address,

    /** A text that is only an address is asked about before anything is fetched. */
    async importText(text: string) {
      const found = addressIn(text);
      if (found) {
        address.value = found;
        return;
      }
      const read = await readWorkflowText(text);
      if (read) add(read);
      else showToast({ kind: 'error', title: t('editor.import.failed'), text: t('editor.import.text') });
    },

    /** Rejects as the API does. */
    async importUrl(url: string) {
      const { document, report } = await client.workflows.readUrl({ url });
      add({ fragment: document, report });
    },
  };
}
