import { FixedOffsetZone, IANAZone, Settings, SystemZone } from 'luxon';
import type { HostCall } from './call.ts';
import { Bytes } from './bytes.ts';
import { createCodeRunner } from './code.ts';
import { createEvaluator } from './evaluate.ts';
import { lockDown } from './lockdown.ts';
import { LASTING } from './scope.ts';
import { rememberZoneOffsets } from './zone-offsets.ts';

/** A function in a process whose answers are promises; this thread waits for them. */
interface WaitingReference {
  applySyncPromise(receiver: undefined, values: [string, string]): string;
}

/** A function in a process whose answer is a promise here, too. */
interface PromisingReference {
  apply(receiver: undefined, values: [number], options: { result: { promise: true } }): Promise<void>;
}

/**
 * Called once by the host in every new context, before any code of a user runs. What it returns is all the host calls;
 * what it is given is all that is ever called outside. Neither is reachable from the names users' code can see.
 */
function boot(
  host: HostCall | WaitingReference,
  log: (level: string, text: string) => void,
  sleep: PromisingReference,
): object {
  Reflect.deleteProperty(globalThis, '__guixuBoot');
  // Luxon hands out shared zone objects; a call that changed one would change it for the next.
  const createZone = IANAZone.create.bind(IANAZone);
  IANAZone.create = (name) => Object.freeze(createZone(name)) as IANAZone;
  Object.freeze(FixedOffsetZone.utcInstance);
  Object.freeze(SystemZone.instance);
  const hostCall: HostCall =
    typeof host === 'function'
      ? host
      : (operation, values) => host.applySyncPromise(undefined, [operation, values]);
  const evaluator = createEvaluator(hostCall);
  const runCode = createCodeRunner(hostCall, {
    log,
    sleep: (delayMs) => sleep.apply(undefined, [delayMs], { result: { promise: true } }),
  });
  lockDown([...LASTING, Bytes, IANAZone, FixedOffsetZone, SystemZone]);
  return {
    setZone(name: string): void {
      Settings.defaultZone = name;
    },
    ...evaluator,
    runCode,
  };
}

Settings.throwOnInvalid = false;
rememberZoneOffsets();
Object.defineProperty(globalThis, '__guixuBoot', { value: boot, configurable: true });
