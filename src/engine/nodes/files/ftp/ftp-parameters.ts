import { param, type ParametersOf } from '../../../node-kit/index.ts';

const on = (...operation: string[]) => ({ operation });

export const ftpParameters = {
  operation: param.select({
    options: ['list', 'download', 'upload', 'rename', 'delete', 'make-folder'],
    default: 'list',
    expression: false,
  }),
  path: param.string({ required: true, placeholder: 'reports/2026.csv' }),
  newPath: param.string({ required: true, visibleWhen: on('rename') }),
  recursive: param.boolean({ visibleWhen: on('list', 'delete') }),
  most: param.number({ default: 1000, min: 1, integer: true, visibleWhen: on('list') }),
  fileField: param.string({ default: 'data', required: true, visibleWhen: on('download', 'upload') }),
  ifThere: param.select({
    options: ['replace', 'fail'],
    default: 'replace',
    visibleWhen: on('upload', 'rename'),
  }),
  makeFolders: param.boolean({ visibleWhen: on('upload', 'rename') }),
  failIfMissing: param.boolean({ default: true, visibleWhen: on('delete') }),
};

export type FtpSettings = ParametersOf<typeof ftpParameters>;
