export { openDataFolder, readDataFolderOwner, type DataFolder, type DataFolderOwner } from './data-folder.ts';
export { refuseNewer as refuseNewerDatabase } from './migrations/migrate.ts';
export { checkDatabaseFile } from './sqlite/open.ts';
export { openStorage, type StorageOptions } from './open-storage.ts';
export type {
  BlobStore,
  ReceivedBlob,
  CredentialStore,
  ExecutionInsert,
  ExecutionStore,
  ExecutionWait,
  ExecutionWrite,
  NodeRunRecord,
  Page,
  PublishedWorkflow,
  HistoryStore,
  KeptData,
  KeptDataStore,
  SettingStore,
  Storage,
  StoredCredential,
  StoredWorkflow,
  WorkflowStore,
} from './types.ts';
