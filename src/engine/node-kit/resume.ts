import type { ApprovalText } from '../../contract/index.ts';
import type { FormPage } from './form.ts';
import type { FormAnswer, FormDeclaration, WebhookDeclaration } from './trigger.ts';

/** How a call resumes a wait, and how it is answered. */
export type ResumeWebhook = Omit<WebhookDeclaration, 'path' | 'outputPerMethod'> & {
  /** Follows the token in the address; empty for none. */
  suffix: string;
};

/** What outside event ends a wait. */
export type ResumeDeclaration =
  | { kind: 'webhook'; webhook: ResumeWebhook }
  | {
      kind: 'form';
      page: FormPage;
      respond: FormDeclaration['respond'];
      answer: FormAnswer;
      /** Follows the token in the address; absent for none. */
      suffix?: string;
    }
  /** A person says what became of effects that were under way when the process ended. Not for nodes to ask for. */
  | { kind: 'decision' }
  | {
      /** Someone approves or rejects: what came in leaves by the first or the second output, with the decision. */
      kind: 'approval';
      about: ApprovalText;
      suffix?: string;
    };
