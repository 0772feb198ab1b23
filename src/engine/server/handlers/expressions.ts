import { implementer } from './implementer.ts';

export const expressionHandlers = {
  preview: implementer.expressions.preview.handler(({ input, context }) =>
    context.services.previewExpression({ ...input, text: input.text.replace(/^=/, '') }),
  ),
};
