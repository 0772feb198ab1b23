import type { Locale } from '../../../contract/index.ts';

/** What our own pages say. `{…}` is filled in. */
export interface FormTexts {
  submit: string;
  next: string;
  required: string;
  missing: string;
  notANumber: string;
  notAnEmail: string;
  notADate: string;
  notAnOption: string;
  tooLarge: string;
  wrongType: string;
  tooLong: string;
  chooseOne: string;
  correct: string;
  expired: string;
  doneTitle: string;
  doneText: string;
  failedTitle: string;
  failedText: string;
  overTitle: string;
  overText: string;
  filesAgain: string;
  approve: string;
  reject: string;
  comment: string;
  name: string;
  approvedTitle: string;
  rejectedTitle: string;
  decidedBy: string;
}

export const FORM_TEXTS: Record<Locale, FormTexts> = {
  en: {
    submit: 'Submit',
    next: 'Continue',
    required: 'required',
    missing: 'This is needed.',
    notANumber: 'Enter a number.',
    notAnEmail: 'Enter an e-mail address such as name@example.com.',
    notADate: 'Enter a date such as 2026-12-31.',
    notAnOption: 'Choose one of the options.',
    tooLarge: 'The file is larger than {limit}.',
    wrongType: 'Files of this kind are not accepted. Accepted: {accept}.',
    tooLong: 'The text is too long.',
    chooseOne: 'Choose…',
    correct: 'Please correct the marked fields.',
    expired: 'This page was open for too long. Please check your answers and send them again.',
    doneTitle: 'Thank you',
    doneText: 'Your answers have been received.',
    failedTitle: 'Something went wrong',
    failedText: 'Your answers could not be processed. Please try again later.',
    overTitle: 'This page is closed',
    overText: 'It has been answered already, or its time is up.',
    filesAgain: 'Please choose the files again.',
    approve: 'Approve',
    reject: 'Reject',
    comment: 'Comment (optional)',
    name: 'Your name (optional)',
    approvedTitle: 'Approved',
    rejectedTitle: 'Rejected',
    decidedBy: 'by {name}',
  },
  'zh-CN': {
    submit: '提交',
    next: '继续',
    required: '必填',
    missing: '请填写此项。',
    notANumber: '请输入数字。',
    notAnEmail: '请输入邮箱地址，例如 name@example.com。',
    notADate: '请输入日期，例如 2026-12-31。',
    notAnOption: '请从选项中选择。',
    tooLarge: '文件超过 {limit}。',
    wrongType: '不支持此类文件。可上传：{accept}。',
    tooLong: '内容过长。',
    chooseOne: '请选择…',
    correct: '请更正标出的内容。',
    expired: '页面打开时间过长，请核对填写的内容后重新提交。',
    doneTitle: '谢谢',
    doneText: '您填写的内容已收到。',
    failedTitle: '出错了',
    failedText: '您填写的内容未能处理，请稍后再试。',
    overTitle: '此页面已关闭',
    overText: '表单已经提交过，或已超过填写时间。',
    filesAgain: '请重新选择文件。',
    approve: '批准',
    reject: '驳回',
    comment: '备注（选填）',
    name: '您的姓名（选填）',
    approvedTitle: '已批准',
    rejectedTitle: '已驳回',
    decidedBy: '审批人：{name}',
  },
};
