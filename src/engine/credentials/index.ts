export { describeCredentialTypes } from './credential-types.ts';
export { createCredentialTester, type CredentialTester } from './test-credential.ts';
export { keyFromText, openEncryptionKey, renewKeyFile } from './encryption-key.ts';
export { openKeyRing } from './key-ring.ts';
export { rotateKey } from './rotate-key.ts';
export { createCipher } from './cipher.ts';
export { createAccessTokens, createSignIns, type SignIns } from './oauth2/index.ts';
export { createRevealer, type Reveal } from './reveal.ts';
export { createVault, type Vault } from './vault.ts';
