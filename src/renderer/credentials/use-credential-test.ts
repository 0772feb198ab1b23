import { ref } from 'vue';
import { client, describeApiError } from '../client/index.ts';
import { locale } from '../i18n/index.ts';

export type TestResult = { ok: true } | { ok: false; reason: string };

/** Tries a credential against the other side and remembers how that went, until it is tried again or `forget` is called. */
export function useCredentialTest() {
  const isTesting = ref(false);
  const result = ref<TestResult | null>(null);
  let turn = 0;

  async function test(credential: {
    id?: string | undefined;
    type: string;
    data: Record<string, string>;
  }): Promise<void> {
    const own = (turn += 1);
    isTesting.value = true;
    result.value = null;
    let outcome: TestResult;
    try {
      await client.credentials.test(credential);
      outcome = { ok: true };
    } catch (error) {
      outcome = { ok: false, reason: describeApiError(error, locale.value) };
    }
    if (own !== turn) return;
    result.value = outcome;
    isTesting.value = false;
  }

  /** What was tried is not what the form holds any more. */
  function forget(): void {
    turn += 1;
    result.value = null;
    isTesting.value = false;
  }

  return { isTesting, result, test, forget };
}
