export { createFormCalls, type FormCalls } from './form-calls.ts';
