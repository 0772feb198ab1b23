export { finishRestore } from './finish-restore.ts';
export { BackupManifest } from './manifest.ts';
export { stageRestore } from './stage-restore.ts';
export { writeBackup, type Backup } from './write-backup.ts';
