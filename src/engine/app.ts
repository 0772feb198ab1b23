import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import {
  createCompiler,
  createEventHub,
  createExecutionService,
  createPreview,
  createTriggerParameters,
  type ExecutionServices,
} from './execution/index.ts';
import { finishRestore, writeBackup, type Backup } from './backup/index.ts';
import { createConnections } from './connections/index.ts';
import {
  createAccessTokens,
  createCipher,
  createCredentialTester,
  createRevealer,
  createSignIns,
  createVault,
  describeCredentialTypes,
  openEncryptionKey,
  openKeyRing,
} from './credentials/index.ts';
import { createCallbackSender } from './callbacks/index.ts';
import { createCommandRunner } from './commands/index.ts';
import { createTaskRunner } from './tasks/index.ts';
import { createExpressionEngine } from './expression/index.ts';
import { createLocalFiles } from './files/index.ts';
import { createAddressPolicy, createHttpClient } from './http/index.ts';
import { createRedaction } from './redaction/index.ts';
import { createRetention } from './retention/index.ts';
import {
  createLogger,
  Disposal,
  systemClock,
  toExecutionError,
  type Clock,
  type Config,
  type Logger,
} from './kernel/index.ts';
import { createNotifier } from './notifications/index.ts';
import { createRegistry, findTaskScript } from './registry/index.ts';
import { findRendererDir } from './renderer-dir.ts';
import { createCodeRunner, createPython, createRust, createSandbox } from './sandbox/index.ts';
import {
  attachPort,
  Authentication,
  createActivation,
  createDocuments,
  createEngineClient,
  createHttpServer,
  createOpenApi,
  type HttpServer,
  type EngineClient,
  type EnginePort,
  type Services,
} from './server/index.ts';
import { openDataFolder, openStorage, storageOptions, type SettingStore } from './storage/index.ts';
import { createTriggers } from './triggers/index.ts';
import { VERSION } from './version.ts';

export { renewKey, restoreBackup } from './offline.ts';
export { findRendererDir } from './renderer-dir.ts';
export type { EngineClient, EnginePort } from './server/index.ts';
export { readWorkflow } from './workflow/index.ts';
export { readDataFolderOwner, type DataFolderOwner } from './storage/index.ts';

/** How long running executions may go on after `stop`. */
const DRAIN_MS = 10_000;
/** When the start is over and the first calls have been answered. */
const PREPARE_AFTER_MS = 500;
/** Events kept for clients that come back after a drop. */
const EVENT_CAPACITY = 10_000;
/** Item lists guessed to be larger leave memory. */
const SPILL_BYTES = 4 * 1024 ** 2;
/** Reading a large spreadsheet takes about a gigabyte. */
const TASK_LIMITS = { most: 2, memoryMb: 1024, idleMs: 30_000 };
/** Long enough for a schedule that fires every minute. */
const CONNECTION_IDLE_MS = 90_000;
/** A command that writes more is stopped. */
const COMMAND_OUTPUT_BYTES = 16 * 1024 ** 2;

export interface AppOptions {
  host: 'desktop' | 'headless';
  /** Listen on the configured port; without it there are no webhooks and no browser. True when absent. */
  listen?: boolean;
  /** Register the triggers of active workflows at start. True when absent. */
  activate?: boolean;
  /** Folder of the built renderer; the build's own when absent, null for none. */
  rendererDir?: string | null;
  /** Starts the engine anew, which puts a restored backup in place; absent where the host cannot. */
  restart?: () => void;
  clock?: Clock;
  logger?: Logger;
}

/** The whole engine. The caller stops it, also when `start` failed. */
export interface App {
  /** The contract as functions of this process. */
  readonly client: EngineClient;
  /** Where it is reached, without a trailing slash; null while it does not listen. */
  readonly url: string | null;
  /** The link that signs a browser in; null while it does not listen. */
  readonly startUrl: string | null;
  /** A copy of everything as one file. Throws BACKUP_KEY_MISSING. */
  backup(options: { withKey: boolean }): Promise<Backup>;
  /** Serves the contract to a window until the port closes. */
  attachPort(port: EnginePort): void;
  /** Throws EngineError PORT_IN_USE, HOST_NEEDS_AUTHENTICATION. */
  start(): Promise<void>;
  /** Refuses new work, lets running executions finish for ten seconds, leaves the rest to the next start and lets go of everything. */
  stop(): Promise<void>;
}

/** Builds the engine on the configured data folder. Throws DATA_FOLDER_LOCKED, DATA_FOLDER_UNWRITABLE, DATABASE_TOO_NEW ... */
export async function createApp(config: Config, options: AppOptions): Promise<App> {
  const disposal = new Disposal();
  try {
    return await assemble(config, options, disposal);
  } catch (error) {
    await disposal.dispose();
    throw error;
  }
}

async function assemble(config: Config, options: AppOptions, disposal: Disposal): Promise<App> {
  const clock = options.clock ?? systemClock;
  const logger = options.logger ?? createLogger(config.logLevel);
  const folder = openDataFolder(config.dataDir);
  disposal.add(() => folder.release());
  const kept = finishRestore(folder.path);
  if (kept) logger.warn({ kept }, 'a backup was restored; the former data is kept aside');
  const storage = await openStorage(storageOptions(config));
  disposal.add(() => storage.close());

  const authentication = new Authentication({
    apiKey: config.apiKey,
    sessionSecret: await sessionSecret(storage.settings),
    clock,
  });
  const stopping = new AbortController();
  let server: HttpServer | null = null;
  const webhookBaseUrl = () =>
    `${config.webhookUrl ?? server?.url ?? `http://${config.host}:${config.port}`}/webhook`;

  const registry = createRegistry();
  const key = openEncryptionKey({ dataDir: config.dataDir, text: config.encryptionKey });
  const keys = await openKeyRing(storage.settings, key);
  const vault = createVault({ storage, keys, clock });
  const sandbox = createSandbox();
  disposal.add(() => sandbox.dispose());
  const expressions = createExpressionEngine({ sandbox });
  const http = createHttpClient({
    policy: createAddressPolicy({ ownPorts: () => (server ? [server.port] : []) }),
    clock,
  });
  disposal.add(() => http.close());
  const connections = createConnections({
    clock,
    idleMs: CONNECTION_IDLE_MS,
    onCloseFailure: (error) => logger.warn({ err: error }, 'A connection did not close as it should'),
  });
  disposal.add(() => connections.close());
  const reveal = createRevealer({ vault, tokens: createAccessTokens({ vault, http, clock }) });
  const tester = createCredentialTester({ vault, reveal, http, connections, clock });

  const tasks = createTaskRunner({
    ...findTaskScript(),
    ...TASK_LIMITS,
    clock,
  });
  disposal.add(() => tasks.dispose());
  const python = createPython(clock);
  disposal.add(() => python.dispose());
  const rust = createRust({ clock, places: config.programs, folder: join(config.dataDir, 'rust') });
  disposal.add(() => rust.machines.dispose());

  const events = createEventHub({ capacity: EVENT_CAPACITY, now: () => clock.now() });
  const redaction = createRedaction(
    { executions: storage.executions, keptData: storage.keptData, events },
    createCipher(keys, 'run data'),
  );
  const notifier = createNotifier({
    store: storage.notifications,
    clock,
    logger,
    onChange: () => events.publish({ type: 'notifications-changed' }),
  });
  disposal.add(() => notifier.flush());
  const callbacks = createCallbackSender({
    store: storage.callbacks,
    http,
    clock,
    logger,
    reveal,
    onChange: (executionId) => events.publish({ type: 'callback-changed', executionId }),
    onGaveUp: ({ executionId, url }, error) =>
      void storage.executions
        .get(executionId)
        .then((ended) =>
          notifier.tell({
            subject: `callback ${ended?.workflowId ?? executionId}`,
            kind: 'callback-failed',
            workflowId: ended?.workflowId ?? null,
            workflowName: ended?.workflowName ?? url,
            executionId: ended ? executionId : null,
            message: '',
            error,
          }),
        )
        .catch((cause: unknown) => logger.error({ err: cause }, 'A lost callback could not be told of')),
  });
  disposal.add(() => callbacks.stop());
  const execution: ExecutionServices = {
    store: redaction.executions,
    beginRun: (id, settings) => redaction.beginRun(id, settings),
    startKeys: storage.startKeys,
    workflows: storage.workflows,
    keptData: redaction.keptData,
    dataTables: storage.dataTables,
    expressions,
    code: createCodeRunner({ sandbox, python, rust }),
    commands: createCommandRunner({
      env: config.commandEnv,
      folder: config.nodeFiles.folders[0] ?? config.nodeFiles.own,
      outputLimit: COMMAND_OUTPUT_BYTES,
    }),
    tasks,
    http,
    connections,
    binary: storage.blobs,
    files: createLocalFiles(config.nodeFiles),
    reveal,
    executionUrl: (id) => `${server?.url ?? ''}/#/executions/${id}`,
    resumeUrl: (kind, token) => webhookBaseUrl().replace(/webhook$/, `${kind}-waiting/${token}`),
    events: redaction.events,
    onPending: ({ id, workflowId, workflowName }, titles) => {
      events.publish({ type: 'pending-changed', executionId: id, workflowId });
      const subject = `approval ${id}`;
      const [message] = titles;
      if (message === undefined) notifier.remove(subject);
      else
        notifier.tell({
          subject,
          kind: 'approval-waiting',
          workflowId,
          workflowName,
          executionId: id,
          message,
          error: null,
        });
    },
    onCallback: () => callbacks.wake(),
    onFinished: ({ id, status, version, workflowId, workflowName, error }) => {
      if (status !== 'failed' || version === null) return;
      notifier.tell({
        subject: `failed ${workflowId}`,
        kind: 'execution-failed',
        ...{ workflowId, workflowName, executionId: id },
        message: '',
        error,
      });
    },
    clock,
    logger,
    bootId: folder.bootId,
    env: config.expressionEnv,
    timezone: config.timezone,
    spillBytes: SPILL_BYTES,
    limits: config.executions,
  };
  const compiler = createCompiler(registry, expressions);
  const executions = createExecutionService(execution, compiler);
  const triggers = createTriggers({
    workflows: storage.workflows,
    startKeys: storage.startKeys,
    schedules: storage.schedules,
    executions,
    pending: storage.pending,
    keptData: storage.keptData,
    files: execution.files,
    http,
    connections,
    onTriggerStatus: (workflowId) => events.publish({ type: 'trigger-status-changed', workflowId }),
    onTriggerFailure: ({ id, name }, error) =>
      notifier.tell({
        subject: `trigger ${id}`,
        kind: 'trigger-failed',
        ...{ workflowId: id, workflowName: name, executionId: null },
        message: '',
        error: toExecutionError(error),
      }),
    findNodeType: async (type, version) => {
      // Asked for every node of a workflow; only the code of triggers need be loaded to answer.
      if (!registry.describe(type)?.trigger) return undefined;
      await registry.load([type]);
      return registry.get(type, version);
    },
    findPageType: async (type, version) => {
      if (!registry.describe(type)?.showsPages) return false;
      return registry.describe(type, version) !== undefined;
    },
    resolveParameters: createTriggerParameters(execution, compiler),
    revealCredential: (id) => reveal(id),
    blobs: storage.blobs,
    limits: { body: config.bodyLimit, upload: config.uploadLimit },
    clock,
    logger,
    timezone: config.timezone,
    webhookBaseUrl,
  });

  const retention = createRetention({
    history: storage.history,
    settings: storage.settings,
    clock,
    logger,
  });
  disposal.add(() => retention.stop());

  const documents = createDocuments({ registry, expressions, vault, http });
  const openApi = createOpenApi({ http, tasks });
  const backup: Services['backup'] = (wanted) =>
    writeBackup(
      {
        storage,
        dataDir: folder.path,
        version: VERSION,
        now: () => clock.now(),
        keepFiles: (work) => retention.keepFiles(work),
      },
      wanted,
    );
  const activation = createActivation({
    workflows: storage.workflows,
    triggers,
    documents,
    clock,
    onFailure: ({ id, name }, problem) =>
      notifier.tell({
        subject: `activation ${id}`,
        kind: 'activation-failed',
        ...{ workflowId: id, workflowName: name, executionId: null },
        message: '',
        error: problem,
      }),
  });
  const oauthRedirectUrl = () => webhookBaseUrl().replace(/webhook$/, 'oauth/callback');
  const signIns = createSignIns({
    ...{ vault, http, clock, redirectUri: oauthRedirectUrl },
    onConnected: (credentialId) => events.publish({ type: 'credential-connected', credentialId }),
  });
  const services: Services = {
    config,
    logger,
    clock,
    storage: { ...storage, executions: redaction.visible },
    executions,
    retention,
    events,
    activation,
    documents,
    openApi,
    credentials: {
      ...vault,
      test: (credential) => tester.test(credential),
      connect: (id) => signIns.begin(id),
      finishSignIn: (answer) => signIns.finish(answer),
      async update(credential) {
        const updated = await vault.update(credential);
        await triggers.refreshCredential(updated.id);
        return updated;
      },
    },
    nodeTypes: { describe: () => registry.descriptions() },
    credentialTypes: { describe: describeCredentialTypes },
    previewExpression: createPreview({ ...execution, store: redaction.visible }, compiler),
    backup,
    system: {
      version: VERSION,
      host: options.host,
      webhookBaseUrl,
      oauthRedirectUrl,
      restart: options.restart ?? null,
    },
    sendCallbacks: () => callbacks.wake(),
    stopping: stopping.signal,
  };
  if (options.listen !== false) {
    server = createHttpServer({
      services,
      authentication,
      webhooks: (request) => triggers.handle(request),
      resumeCalls: (request) => triggers.resume(request),
      rendererDir: options.rendererDir === undefined ? findRendererDir() : options.rendererDir,
      host: config.host,
      port: config.port,
    });
  }

  let isListening = false;
  let stopped: Promise<void> | undefined;
  const stop = async () => {
    await triggers.stop();
    await executions.drain(DRAIN_MS);
    stopping.abort();
    await server?.close();
    await disposal.dispose();
  };
  return {
    client: createEngineClient(services),
    get url() {
      return isListening && server ? server.url : null;
    },
    get startUrl() {
      return isListening && server ? `${server.url}/?token=${authentication.startToken}` : null;
    },
    backup,
    attachPort: (port) => attachPort(services, port),
    async start() {
      if (options.activate !== false) {
        const { resumed, ended } = await executions.recover();
        if (resumed + ended > 0)
          logger.warn({ resumed, ended }, 'took over executions that an earlier process left unfinished');
        callbacks.wake();
        await activation.restore();
        retention.start();
      }
      if (!server) return;
      await server.listen();
      isListening = true;
      folder.announce(server.url, authentication.startToken);
      // Costs the first workflow with an expression nothing, and the first webhook no wait.
      disposal.add(clock.schedule(PREPARE_AFTER_MS, () => sandbox.local.prepare()));
    },
    stop: () => (stopped ??= stop()),
  };
}

/** Signs session cookies; made once per installation, so that a restart signs nobody out. */
async function sessionSecret(settings: SettingStore): Promise<string> {
  return z.string().parse(await settings.ensure('session-secret', randomBytes(32).toString('base64url')));
}
