import { param, type ParametersOf } from '../../../node-kit/index.ts';

const on = (...operation: string[]) => ({ operation });

export const emailMailboxParameters = {
  operation: param.select({
    options: ['search', 'read', 'mark', 'move', 'delete', 'mailboxes'],
    default: 'search',
    expression: false,
  }),
  mailbox: param.string({
    default: 'INBOX',
    required: true,
    visibleWhen: on('search', 'read', 'mark', 'move', 'delete'),
  }),
  uid: param.number({
    min: 1,
    integer: true,
    required: true,
    visibleWhen: on('read', 'mark', 'move', 'delete'),
  }),
  uidValidity: param.string({ visibleWhen: on('read', 'mark', 'move', 'delete') }),
  mark: param.select({
    options: ['seen', 'unseen', 'flagged', 'unflagged', 'answered'],
    default: 'seen',
    visibleWhen: on('mark'),
  }),
  moveTo: param.string({ required: true, placeholder: 'Archive', visibleWhen: on('move') }),
  state: param.select({
    options: ['any', 'unseen', 'seen', 'flagged'],
    default: 'any',
    visibleWhen: on('search'),
  }),
  conditions: param.collection({
    fields: {
      from: param.string(),
      to: param.string(),
      subject: param.string(),
      text: param.string(),
      messageId: param.string(),
      since: param.string({ placeholder: '2026-01-31' }),
      before: param.string({ placeholder: '2026-02-28' }),
    },
    visibleWhen: on('search'),
  }),
  content: param.select({ options: ['headers', 'full'], default: 'headers', visibleWhen: on('search') }),
  most: param.number({ default: 50, min: 1, integer: true, visibleWhen: on('search') }),
  files: param.boolean({ default: true, visibleWhen: on('search', 'read') }),
  maxFileMb: param.number({
    default: 25,
    min: 0,
    visibleWhen: { ...on('search', 'read'), files: [true] },
  }),
};

export type EmailMailboxSettings = ParametersOf<typeof emailMailboxParameters>;
