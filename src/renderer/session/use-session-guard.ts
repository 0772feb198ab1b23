import { useQueryCache } from '@pinia/colada';
import { useRoute, useRouter } from 'vue-router';
import { apiErrorCode } from '../client/index.ts';

/** Brings the user to the sign-in page as soon as any answer says that nobody is signed in. */
export function useSessionGuard(): void {
  const router = useRouter();
  const route = useRoute();
  useQueryCache().$onAction(({ name, onError, after, args }) => {
    if (name !== 'fetch') return;
    const check = () => {
      const error = args[0].state.value.error;
      if (apiErrorCode(error) === 'UNAUTHORIZED' && route.name !== 'sign-in') {
        void router.replace({ name: 'sign-in', query: { back: route.fullPath } });
      }
    };
    after(check);
    onError(check);
  });
}
