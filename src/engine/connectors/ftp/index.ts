export { ftpServer } from './connector.ts';
