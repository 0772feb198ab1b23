import { ref } from 'vue';
import { client, describeApiError, useEngineEvents } from '../client/index.ts';
import { locale } from '../i18n/index.ts';

/** Has a person sign in with the provider of an OAuth2 credential, in a window of the browser. */
export function useSignIn(onConnected: (credentialId: string) => void) {
  /** The credential whose sign-in is under way. */
  const waitingFor = ref<string | null>(null);
  const failure = ref('');

  useEngineEvents((event) => {
    if (event.type !== 'credential-connected' || event.credentialId !== waitingFor.value) return;
    waitingFor.value = null;
    onConnected(event.credentialId);
  });

  async function connect(id: string): Promise<void> {
    failure.value = '';
    try {
      const { url } = await client.credentials.connect({ id });
      waitingFor.value = id;
      window.open(url, '_blank', 'noopener');
    } catch (error) {
      failure.value = describeApiError(error, locale.value);
    }
  }

  function reset(): void {
    waitingFor.value = null;
    failure.value = '';
  }

  return { waitingFor, failure, connect, reset };
}
