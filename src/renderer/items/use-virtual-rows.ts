import { computed, onScopeDispose, ref, toValue, useTemplateRef, watch, type MaybeRefOrGetter } from 'vue';

/** Rows drawn beyond both edges, so that scrolling shows no gap. */
const OVERSCAN = 8;

/**
 * Which of many rows of equal height (pixels) are worth drawing. The scrolling element of the template has the ref
 * `scroller`; the rows `start` to `end` go between spacers of `before` and `after` pixels.
 */
export function useVirtualRows(count: MaybeRefOrGetter<number>, rowHeight: number) {
  const container = useTemplateRef<HTMLElement>('scroller');
  const scrollTop = ref(0);
  const height = ref(0);

  const onScroll = () => (scrollTop.value = container.value?.scrollTop ?? 0);
  const observer = new ResizeObserver(([entry]) => (height.value = entry?.contentRect.height ?? 0));
  watch(container, (element, previous) => {
    if (previous) observer.unobserve(previous);
    previous?.removeEventListener('scroll', onScroll);
    if (!element) return;
    observer.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
  });
  onScopeDispose(() => observer.disconnect());

  const start = computed(() => {
    const first = Math.floor(scrollTop.value / rowHeight) - OVERSCAN;
    return Math.max(0, Math.min(first, toValue(count) - 1));
  });
  const end = computed(() =>
    Math.min(toValue(count), start.value + Math.ceil(height.value / rowHeight) + 2 * OVERSCAN),
  );
  const before = computed(() => start.value * rowHeight);
  const after = computed(() => (toValue(count) - end.value) * rowHeight);
  return { start, end, before, after };
}
