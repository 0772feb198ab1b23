import { serveTasks } from '../tasks/index.ts';
import { TASKS } from './tasks.gen.ts';

serveTasks(TASKS);
