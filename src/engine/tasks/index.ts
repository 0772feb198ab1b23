export { createTaskRunner, type TaskRunner } from './create-task-runner.ts';
export { serveTasks } from './serve-tasks.ts';
