import { serveTasks } from '../tasks/index.ts';
import { OPENAPI_TASKS } from './openapi-tasks.ts';
import { TASKS } from './tasks.gen.ts';

serveTasks({ ...TASKS, ...OPENAPI_TASKS });
