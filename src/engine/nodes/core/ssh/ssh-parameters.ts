import { param, type ParametersOf } from '../../../node-kit/index.ts';

export const sshParameters = {
  command: param.string({ required: true, multiline: true, placeholder: 'df -h "$DISK"' }),
  folder: param.string({ placeholder: '/srv/app' }),
  env: param.list({ fields: { name: param.string({ required: true }), value: param.string() } }),
  input: param.select({ options: ['none', 'text', 'file'], default: 'none' }),
  inputText: param.string({ multiline: true, visibleWhen: { input: ['text'] } }),
  inputField: param.string({ default: 'data', required: true, visibleWhen: { input: ['file'] } }),
  output: param.select({ options: ['text', 'file'], default: 'text' }),
  outputField: param.string({ default: 'data', required: true, visibleWhen: { output: ['file'] } }),
  outputLimitMb: param.number({ default: 10, min: 1, max: 500 }),
  timeoutSeconds: param.number({ default: 300, min: 1, max: 86_400 }),
  failOnExitCode: param.boolean({ default: true }),
};

export type SshSettings = ParametersOf<typeof sshParameters>;
