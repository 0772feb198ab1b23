import { onScopeDispose, reactive, watch, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { client, describeApiError } from '../client/index.ts';
import { locale } from '../i18n/index.ts';
import type { ParameterContext } from './parameter-context.ts';

const DELAY_MS = 250;
const ITEM_LIMIT = 100;
const SHOWN = 2000;

export interface ExpressionPreview {
  kind: 'value' | 'muted' | 'error';
  text: string;
  position?: number | undefined;
}

/** What an expression gives for the chosen item, asked for while one types. */
export function useExpressionPreview(text: Ref<string>, context: ParameterContext): ExpressionPreview {
  const { t } = useI18n();
  const preview = reactive<ExpressionPreview>({ kind: 'muted', text: '' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let latest = 0;

  async function ask() {
    const turn = (latest += 1);
    const { executionId, inputItems, itemIndex } = context;
    const items = inputItems.value.slice(0, ITEM_LIMIT);
    // Items are sent only where the engine has none of its own, or not those that are shown.
    const request = {
      text: `=${text.value}`,
      document: context.document.value,
      nodeId: context.node.value.id,
      itemIndex: itemIndex.value,
      ...(executionId.value ? { executionId: executionId.value } : {}),
      ...(items.length > 0 && itemIndex.value < items.length ? { items } : {}),
    };
    try {
      const { value, error, position } = await client.expressions.preview(request);
      if (turn !== latest) return;
      if (error !== undefined) show('error', error, position);
      else if (value !== undefined) show(value === '' ? 'muted' : 'value', textOf(value));
      else show('muted', t(items.length > 0 ? 'editor.expression.undefined' : 'editor.expression.noData'));
    } catch (error) {
      if (turn === latest) show('error', describeApiError(error, locale.value));
    }
  }

  function textOf(value: unknown): string {
    if (value === '') return t('editor.expression.empty');
    const shown = typeof value === 'string' ? value : JSON.stringify(value, null, 1);
    return shown.length > SHOWN ? `${shown.slice(0, SHOWN)}…` : shown;
  }

  function show(kind: ExpressionPreview['kind'], shown: string, position?: number) {
    Object.assign(preview, { kind, text: shown, position });
  }

  watch(
    [text, context.itemIndex, context.inputItems, context.executionId],
    () => {
      clearTimeout(timer);
      if (text.value.trim()) timer = setTimeout(() => void ask(), DELAY_MS);
    },
    { immediate: true },
  );
  onScopeDispose(() => clearTimeout(timer));
  return preview;
}
