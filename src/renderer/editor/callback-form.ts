import type { WorkflowSettings } from '../../contract/index.ts';

/** The callbacks of a workflow as they are typed; empty texts for none. */
export interface CallbackForm {
  success: string;
  failure: string;
  credential: string;
}

export function toCallbackForm(callbacks: WorkflowSettings['callbacks']): CallbackForm {
  const { success, failure, credential } = callbacks ?? {};
  return { success: success ?? '', failure: failure ?? '', credential: credential ?? '' };
}

/** Undefined for a form that was left empty, so that documents stay as they were. */
export function fromCallbackForm(form: CallbackForm): WorkflowSettings['callbacks'] {
  const success = form.success.trim() || null;
  const failure = form.failure.trim() || null;
  const credential = form.credential || null;
  return (success ?? failure ?? credential) ? { success, failure, credential } : undefined;
}

export function isCallbackUrl(text: string): boolean {
  return text.trim() === '' || /^https?:\/\/\S+$/i.test(text.trim());
}
