export { CREDENTIAL_TYPES } from './credential-types.ts';
export { openEncryptionKey, type EncryptionKey } from './encryption-key.ts';
export { createCipher } from './cipher.ts';
export { createVault, type Vault } from './vault.ts';
