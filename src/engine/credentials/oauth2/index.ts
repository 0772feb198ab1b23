export { createAccessTokens, type AccessTokens } from './access-tokens.ts';
export { createSignIns, type SignIns } from './sign-ins.ts';
