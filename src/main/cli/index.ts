import { keepCompiledCode } from './compile-cache.ts';
import { flushOutput } from './output.ts';

keepCompiledCode(process.env);
const { main } = await import('./main.ts');
const exitCode = await main(process.argv.slice(2), process.env);
await flushOutput();
// Pools and kept-alive sockets would hold the process for seconds after the work is done.
process.exit(exitCode);
