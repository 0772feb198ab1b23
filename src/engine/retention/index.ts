export { createRetention, type RetentionService } from './create-retention.ts';
