export { sleep, systemClock, type Clock } from './clock.ts';
export { readConfig, readLocale, type Config, type ConfigOverrides, type NodeFiles } from './config.ts';
export { Disposal, type Dispose } from './disposal.ts';
export {
  EngineError,
  isEngineError,
  messageOf,
  NodeError,
  toExecutionError,
  type NodeErrorFacts,
} from './errors.ts';
export { createId } from './ids.ts';
export { findPackageFolder, findScript } from './package-folder.ts';
export { createLogger, silentLogger, type Logger } from './logger.ts';
