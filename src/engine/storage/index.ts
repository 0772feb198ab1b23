export { openDataFolder, readDataFolderOwner, type DataFolder, type DataFolderOwner } from './data-folder.ts';
export { openStorage, type StorageOptions } from './open-storage.ts';
export type {
  BlobStore,
  DueWait,
  ReceivedBlob,
  CredentialStore,
  ExecutionInsert,
  ExecutionStore,
  ExecutionWait,
  ExecutionWrite,
  NodeRunRecord,
  Page,
  PublishedWorkflow,
  KeptData,
  KeptDataStore,
  SettingStore,
  Storage,
  StoredCredential,
  StoredWorkflow,
  WorkflowStore,
} from './types.ts';
