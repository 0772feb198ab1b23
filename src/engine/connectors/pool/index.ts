export { Pool } from './pool.ts';
export { Slots } from './slots.ts';
