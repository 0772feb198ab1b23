import { onScopeDispose, ref, watch, type Ref } from 'vue';

/** Follows `source` once it has rested for so many milliseconds. */
export function useDebounced<T>(source: Readonly<Ref<T>>, milliseconds: number): Readonly<Ref<T>> {
  const settled = ref(source.value) as Ref<T>;
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(source, (value) => {
    clearTimeout(timer);
    timer = setTimeout(() => (settled.value = value), milliseconds);
  });
  onScopeDispose(() => clearTimeout(timer));
  return settled;
}
