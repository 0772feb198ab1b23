import { useQuery } from '@pinia/colada';
import { computed, type Ref } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { WorkflowDocument } from '../../../contract/index.ts';
import { client } from '../../client/index.ts';
import { readDraft } from '../local-draft.ts';

/** A version's number, or the draft. */
export type Side = number | 'draft';

/** Versions to choose from. Older ones are reached from the history. */
const CHOICES = 200;

/** The two sides that the address names, with their documents and what leads from one to the other. */
export function useComparison(workflowId: Ref<string>) {
  const route = useRoute();
  const router = useRouter();

  const workflow = useQuery({
    key: () => ['workflows', 'compare', workflowId.value, 'sides'],
    query: async ({ signal }) => {
      const id = workflowId.value;
      const [detail, versions] = await Promise.all([
        client.workflows.get({ id }, { signal }),
        client.workflows.versions.list({ id, limit: CHOICES }, { signal }),
      ]);
      return { detail, versions: versions.items };
    },
  });

  /** Without a version in the address: since the published one, or else the newest. */
  const from = computed<Side | null>(() => {
    const named = readSide(route.query.from);
    if (named !== null || !workflow.data.value) return named;
    const { detail, versions } = workflow.data.value;
    return detail.publishedVersion ?? versions[0]?.version ?? null;
  });
  const to = computed<Side>(() => readSide(route.query.to) ?? 'draft');

  const choose = (sides: { from?: Side; to?: Side }) =>
    router.replace({
      query: { from: String(sides.from ?? from.value ?? 'draft'), to: String(sides.to ?? to.value) },
    });

  async function documentOf(side: Side, signal: AbortSignal): Promise<WorkflowDocument> {
    const id = workflowId.value;
    if (side === 'draft') return (await client.workflows.get({ id }, { signal })).document;
    return (await client.workflows.versions.get({ id, version: side }, { signal })).document;
  }
  const comparison = useQuery({
    key: () => ['workflows', 'compare', workflowId.value, String(from.value), String(to.value)],
    enabled: () => from.value !== null,
    // Unsaved changes live in this tab, and no event tells of them: nothing is kept for the next visit.
    staleTime: 0,
    gcTime: 0,
    query: async ({ signal }) => {
      const id = workflowId.value;
      const sides = { from: from.value ?? 'draft', to: to.value } as const;
      const unsaved = readDraft(id)?.document;
      const load = (side: Side) => (side === 'draft' && unsaved ? unsaved : documentOf(side, signal));
      const [before, after] = await Promise.all([load(sides.from), load(sides.to)]);
      // What is stored need not travel there and back again.
      const compared =
        unsaved && (sides.from === 'draft' || sides.to === 'draft')
          ? await client.workflows.compare({ from: before, to: after }, { signal })
          : await client.workflows.versions.diff({ id, ...sides }, { signal });
      return { before, after, isUnsaved: unsaved !== undefined, ...compared };
    },
  });

  /** Whether the draft is compared with changes that are not saved. */
  const isUnsaved = computed(() => comparison.data.value?.isUnsaved === true);
  return { isUnsaved, workflow, from, to, choose, comparison };
}

function readSide(text: unknown): Side | null {
  if (text === 'draft') return text;
  return typeof text === 'string' && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
}
