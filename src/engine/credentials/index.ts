export { describeCredentialTypes } from './credential-types.ts';
export { createCredentialTester, type CredentialTester } from './test-credential.ts';
export { openEncryptionKey, type EncryptionKey } from './encryption-key.ts';
export { createCipher } from './cipher.ts';
export { createAccessTokens, createSignIns, type SignIns } from './oauth2/index.ts';
export { createRevealer, type Reveal } from './reveal.ts';
export { createVault, type Vault } from './vault.ts';
