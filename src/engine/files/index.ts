export { createLocalFiles } from './create-local-files.ts';
