/**
 * Writes the manifest and the catalogue of the registry from the node folders.
 * With `--check` it writes nothing and fails when they are not what they should be.
 */
import { writeRegistry } from './registry/write-registry.ts';

if (!(await writeRegistry({ check: process.argv.includes('--check') }))) process.exitCode = 1;
