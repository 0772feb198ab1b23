import { computed, ref, shallowRef } from 'vue';
import {
  describeError,
  OPENAPI_LIMIT_MB,
  type OpenApiList,
  type OpenApiOperation,
  type OpenApiSummary,
  type OpenApiValues,
} from '../../../contract/index.ts';
import { client, describeApiError } from '../../client/index.ts';
import { locale } from '../../i18n/index.ts';

/** A document as a person hands it over. */
export type DocumentSource = { url: string } | { text: string } | { file: File };

/** A document, the operation that was chosen in it, and what went wrong last. */
export function useOpenApiDocument() {
  const list = shallowRef<OpenApiList>();
  const operation = shallowRef<OpenApiOperation>();
  const failure = ref('');
  const running = ref(0);
  /** What the engine is given again with each question: it keeps no documents. */
  let document: { text: string; url?: string } = { text: '' };

  async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    failure.value = '';
    running.value += 1;
    try {
      return await work();
    } catch (error) {
      failure.value = describeApiError(error, locale.value);
      return undefined;
    } finally {
      running.value -= 1;
    }
  }

  async function textOf(source: DocumentSource): Promise<string | null> {
    if ('url' in source) return (await client.openApi.fetch(source)).text;
    const content = 'file' in source ? source.file : new Blob([source.text]);
    if (content.size > OPENAPI_LIMIT_MB * 1024 ** 2) return null;
    return content.text();
  }

  return {
    list,
    operation,
    failure,
    isBusy: computed(() => running.value > 0),
    read: (source: DocumentSource) =>
      attempt(async () => {
        const text = await textOf(source);
        if (text === null) {
          failure.value = describeError('OPENAPI_TOO_LARGE', { limitMb: OPENAPI_LIMIT_MB }, locale.value);
          return;
        }
        document = { text, ...('url' in source && source) };
        list.value = await client.openApi.operations({ text });
      }),
    choose: ({ method, path }: OpenApiSummary) =>
      attempt(async () => {
        operation.value = await client.openApi.operation({ ...document, method, path });
      }),
    /** The parameters of the node; undefined when something is missing, which `failure` then says. */
    build: (server: string, values: OpenApiValues) =>
      attempt(async () => {
        if (!operation.value) return undefined;
        const built = await client.openApi.node({ operation: operation.value, server, values });
        return built.parameters;
      }),
    /** From the form to the list, from the list to the source. */
    back() {
      failure.value = '';
      if (operation.value) operation.value = undefined;
      else list.value = undefined;
    },
  };
}
