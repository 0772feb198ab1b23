import { findToolchain } from '../../src/engine/sandbox/rust/toolchain.ts';
import { readConfig } from '../../src/engine/kernel/index.ts';
import { installWithApt } from './apt.ts';

const PACKAGES = ['rustc', 'libstd-rust-dev-wasm32', 'lld', 'bubblewrap'];

/** A Rust compiler for WebAssembly and the sandbox it runs in, installed by apt where it can be; or why there is none. */
export async function provideRust(env: NodeJS.ProcessEnv): Promise<{ path: string } | { missing: string }> {
  const found = await findRust(env);
  if (found) return { path: found };
  const problem = installWithApt(env, ...PACKAGES);
  const installed = await findRust(env);
  return installed ? { path: installed } : { missing: `no Rust for WebAssembly, ${problem}` };
}

function findRust(env: NodeJS.ProcessEnv): Promise<string | null> {
  return findToolchain(readConfig(env).programs).then(
    ({ rustc }) => rustc,
    () => null,
  );
}
