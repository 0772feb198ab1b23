import { defineNode, derive, MAIN_PORT, param, waitForCall } from '../../../node-kit/index.ts';

const UNIT_MS = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };
const LIMITED = { limit: ['interval'] };

export const approval = defineNode({
  type: 'approval',
  version: 1,
  group: 'logic',
  inputs: MAIN_PORT,
  outputs: [
    { kind: 'main', name: 'approved' },
    { kind: 'main', name: 'rejected' },
    { kind: 'main', name: 'expired', visibleWhen: LIMITED },
  ],
  aliases: [
    'approve',
    'reject',
    'human',
    'review',
    'confirm',
    'wait',
    '审批',
    '批准',
    '驳回',
    '人工',
    '确认',
  ],
  parameters: {
    title: param.string({ required: true }),
    message: param.string({ multiline: true }),
    fields: param.list({ fields: { label: param.string({ required: true }), value: param.string() } }),
    limit: param.select({ options: ['none', 'interval'], default: 'none' }),
    limitAmount: param.number({ default: 1, min: 0, required: true, visibleWhen: LIMITED }),
    limitUnit: param.select({
      options: ['minutes', 'hours', 'days'],
      default: 'days',
      visibleWhen: LIMITED,
    }),
    suffix: param.string({ placeholder: 'finance' }),
  },
  effect: 'pure',
  execute(context) {
    const { title, message, fields, limit, limitAmount, limitUnit, suffix } = context.parameters(0);
    const passed = context.items.map(({ json, binary }, index) => derive(json, index, 0, binary));
    const about = { title, message, fields: fields.map(({ label, value }) => ({ label, value })) };
    const path = suffix.trim().replace(/^\/+|\/+$/g, '');
    const resume = { kind: 'approval' as const, about, ...(path !== '' && { suffix: path }) };
    if (limit === 'none') return waitForCall(resume, null, passed, []);
    const end = context.now() + limitAmount * UNIT_MS[limitUnit];
    const expiry = { decision: 'expired', comment: '', by: null, via: null, at: new Date(end).toISOString() };
    const expired = passed.map((item) => ({ ...item, json: { ...item.json, approval: expiry } }));
    return waitForCall(resume, end, [], [], expired);
  },
});
