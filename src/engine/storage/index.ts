export { openDataFolder, readDataFolderOwner, type DataFolder, type DataFolderOwner } from './data-folder.ts';
export { refuseNewer as refuseNewerDatabase } from './migrations/migrate.ts';
export { checkDatabaseFile } from './sqlite/open.ts';
export { openStorage, type StorageOptions } from './open-storage.ts';
export type {
  BlobStore,
  ReceivedBlob,
  CredentialStore,
  ChildExecution,
  EffectUnit,
  ExecutionInsert,
  ExecutionStore,
  ExecutionWait,
  ExecutionWrite,
  NodeRunRecord,
  OpenExecution,
  WholeRun,
  Page,
  PublishedWorkflow,
  HistoryStore,
  KeptData,
  KeptDataStore,
  ScheduledSlot,
  ScheduleStore,
  SettingStore,
  StartKey,
  StartKeyStore,
  Storage,
  StoredCredential,
  StoredWorkflow,
  VersionStore,
  WorkflowStore,
} from './types.ts';
