export { createCommandRunner, type CommandRunner } from './create-command-runner.ts';
