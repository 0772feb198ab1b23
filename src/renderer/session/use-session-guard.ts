import { onScopeDispose } from 'vue';
import { useRouter } from 'vue-router';
import { onSignedOut } from '../client/index.ts';

/** Brings the user to the sign-in page as soon as any answer says that nobody is signed in. */
export function useSessionGuard(): void {
  const router = useRouter();
  const stop = onSignedOut(async () => {
    // The first answers may come before the router knows where the user wanted to go.
    await router.isReady();
    const { name, fullPath } = router.currentRoute.value;
    if (name !== 'sign-in') await router.replace({ name: 'sign-in', query: { back: fullPath } });
  });
  onScopeDispose(stop);
}
