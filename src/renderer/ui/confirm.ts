import { shallowRef } from 'vue';

export interface Question {
  title: string;
  text?: string;
  /** What the button that goes on says, such as "Delete". */
  confirmLabel: string;
  danger?: boolean;
}

export const pendingQuestion = shallowRef<Question & { answer(yes: boolean): void }>();

/** Asks before doing something that cannot be undone; gives whether to go on. */
export function confirmAction(question: Question): Promise<boolean> {
  pendingQuestion.value?.answer(false);
  return new Promise((resolve) => {
    pendingQuestion.value = {
      ...question,
      answer(yes) {
        pendingQuestion.value = undefined;
        resolve(yes);
      },
    };
  });
}
