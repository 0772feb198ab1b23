/**
 * Makes an isolate look like the shell of V8, for which Pyodide has a mode. The host gives the two files that Pyodide
 * reads, the time and random bytes; there is nothing else of an environment.
 */
export const SHELL = String.raw`(host) => {
  const bytesOf = (text) => {
    const escaped = unescape(encodeURIComponent(text));
    const bytes = new Uint8Array(escaped.length);
    for (let index = 0; index < escaped.length; index += 1) bytes[index] = escaped.charCodeAt(index);
    return bytes;
  };
  const CHUNK = 0x4000;
  globalThis.TextEncoder = class {
    encode(text = '') { return bytesOf(text); }
    encodeInto(text, target) {
      const bytes = bytesOf(text);
      target.set(bytes);
      return { read: text.length, written: bytes.length };
    }
  };
  globalThis.TextDecoder = class {
    decode(view = new Uint8Array()) {
      const bytes = ArrayBuffer.isView(view)
        ? new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
        : new Uint8Array(view);
      let text = '';
      for (let at = 0; at < bytes.length; at += CHUNK)
        text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
      return decodeURIComponent(escape(text));
    }
  };
  const silent = () => undefined;
  globalThis.console = { log: silent, info: silent, warn: silent, error: silent, debug: silent };
  globalThis.performance = { now: host.now };
  const none = () => { throw new Error('There are no files.'); };
  globalThis.read = globalThis.load = none;
  globalThis.readbuffer = (path) => (path.endsWith('.wasm') ? host.wasm : host.library);
  // Where the shell has no source of randomness it asks a program for Base64.
  globalThis.os = { system: (_program, [, line]) => host.random(Number(/-c(\d+)/.exec(line)[1])) };
  globalThis.setTimeout = (callback) => { Promise.resolve().then(callback); return 0; };
  globalThis.clearTimeout = silent;
  // In the background it would not end before the isolate is needed.
  WebAssembly.compile = async (bytes) => new WebAssembly.Module(bytes);
  WebAssembly.instantiate = async (source, imports) => {
    if (source instanceof WebAssembly.Module) return new WebAssembly.Instance(source, imports);
    const module = new WebAssembly.Module(source);
    return { module, instance: new WebAssembly.Instance(module, imports) };
  };
}`;
