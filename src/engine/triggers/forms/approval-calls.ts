import type { ApprovalText, Locale } from '../../../contract/index.ts';
import { hashToken, type OpenWait } from '../../execution/index.ts';
import { EngineError, isEngineError } from '../../kernel/index.ts';
import type { TriggerServices } from '../trigger-services.ts';
import type { WebhookReply, WebhookRequest } from '../webhook-call.ts';
import { pageReply } from './answer-form.ts';
import { readSubmission } from './read-submission.ts';
import { renderApproval, renderDecided } from './render-approval.ts';

export interface ApprovalCalls {
  /** Shows the page that asks for a decision, or takes the decision. */
  answer(request: WebhookRequest, wait: OpenWait, about: ApprovalText): Promise<WebhookReply>;
  /** The page that tells what was decided with that token; null when nothing was. */
  decided(token: string, locale: Locale): Promise<WebhookReply | null>;
}

/** Answers browsers that follow the link to an approval. */
export function createApprovalCalls(services: TriggerServices): ApprovalCalls {
  const { executions, pending, clock, blobs, timezone } = services;

  async function decided(token: string, locale: Locale, status = 410): Promise<WebhookReply | null> {
    const item = await pending.decidedBy(hashToken(token));
    if (!item?.decision) return null;
    return pageReply(renderDecided(item.about, item.decision, { locale, timezone }), status);
  }

  return {
    decided: (token, locale) => decided(token, locale),
    async answer(request, wait, about) {
      const { locale } = request;
      if (request.method !== 'POST') return pageReply(renderApproval(about, locale));
      const sent = await readSubmission(request, blobs);
      await sent.discard();
      const text = (name: string) => sent.texts.get(name)?.[0]?.trim() ?? '';
      const choice = text('decision');
      if (choice !== 'approve' && choice !== 'reject')
        throw new EngineError('INPUT_INVALID', { reason: 'decision' });
      const decision = {
        approved: choice === 'approve',
        comment: text('comment').slice(0, 10_000),
        by: text('by').slice(0, 200) || null,
        via: 'link' as const,
        at: clock.now(),
      };
      try {
        await executions.decide(wait, decision);
      } catch (error) {
        // Someone else was quicker: what they decided is shown.
        const [token = ''] = request.path.split('/');
        const page =
          isEngineError(error) && error.code === 'WAIT_OVER' ? await decided(token, locale, 409) : null;
        if (!page) throw error;
        return page;
      }
      return pageReply(renderDecided(about, decision, { locale, timezone }));
    },
  };
}
