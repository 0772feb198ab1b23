// Loaded with --import: a process in which Electron cannot be had, whatever is installed.
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'electron' || specifier.startsWith('electron/'))
      throw new Error(`${specifier} must not be imported here`);
    return next(specifier, context);
  },
});
