/**
 * Ways out of Python in WebAssembly: through the bridge to JavaScript that such a Python has, through the operating system
 * that it imitates, through what an earlier run left behind. Each is the body of a function; what it gives under `value`
 * must be nothing of the host.
 */
export const PYTHON: ReadonlyArray<readonly [name: string, code: string]> = [
  ['the js module', 'import js\nreturn {"value": str(js.process.version)}'],
  ['a wildcard import of js', 'exec("from js import *")\nreturn {"value": str(fetch)}'],
  [
    'the JavaScript evaluator of pyodide',
    'from pyodide.code import run_js\nreturn {"value": str(run_js("process.version"))}',
  ],
  [
    'the pyodide_js module',
    'import pyodide_js\nreturn {"value": str(pyodide_js.constructor.constructor("return process")().version)}',
  ],
  [
    'the constructor chain of a JavaScript proxy',
    'import pyodide_js\nreturn {"value": str(pyodide_js.loadPackage.constructor("return process.version")())}',
  ],
  [
    'a proxy found among all objects',
    `import gc
found = []
for thing in gc.get_objects():
    if type(thing).__name__.startswith("JsProxy"):
        try:
            found.append(str(thing.constructor.constructor("return typeof process + typeof require + typeof fetch")()))
        except BaseException:
            pass
return {"value": [text for text in found if text != "undefined" * 3]}`,
  ],
  [
    'the internals of Emscripten',
    `import pyodide_js
module = pyodide_js._module
return {"value": str(module.constructor.constructor("return process")().env)}`,
  ],
  [
    'a file system of Node',
    `import pyodide_js
fs = pyodide_js.FS
fs.mkdir("/host")
fs.mount(fs.filesystems.NODEFS, {"root": "/"}, "/host")
return {"value": open("/host/etc/hostname").read()}`,
  ],
  [
    'a dynamic import',
    'import pyodide_js\nload = pyodide_js.loadPackage.constructor("return import(\\"node:fs\\")")\nreturn {"value": str(load().readFileSync("/etc/hostname"))}',
  ],
  ['a package from the network', 'import micropip\nreturn {"value": str(micropip.install("requests"))}'],
  [
    'the fetch of pyodide',
    'from pyodide.http import pyfetch, open_url\nreturn {"value": open_url("http://127.0.0.1/").read()}',
  ],
  ['a file', 'return {"value": open("/etc/passwd").read()}'],
  [
    'a file found by listing',
    'import os\nreturn {"value": [p for p in os.listdir("/") if p in ("etc", "root", "work", "usr", "var")]}',
  ],
  ['files of the process', 'return {"value": open("/proc/self/environ").read()}'],
  ['the environment', 'import os\nreturn {"value": os.environ.get("SECRET_OF_TEST")}'],
  [
    'a program',
    'import subprocess\nreturn {"value": subprocess.run(["id"], capture_output=True).stdout.decode()}',
  ],
  ['a shell', 'import os\nreturn {"value": os.popen("id").read() or None}'],
  ['a fork', 'import os\nreturn {"value": os.fork()}'],
  ['a signal', 'import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nreturn {"value": None}'],
  [
    'a socket',
    'import socket\nsocket.create_connection(("127.0.0.1", PORT), timeout=2)\nreturn {"value": "connected"}',
  ],
  [
    'urllib',
    'import urllib.request\nreturn {"value": urllib.request.urlopen("http://127.0.0.1:PORT/").read().decode()}',
  ],
  [
    'ctypes',
    'import ctypes\nget = ctypes.CDLL(None).getenv\nget.restype = ctypes.c_char_p\nreturn {"value": get(b"SECRET_OF_TEST")}',
  ],
  ['a thread', 'import threading\nthreading.Thread(target=print).start()\nreturn {"value": "started"}'],
  [
    'the subclasses of object',
    `for kind in object.__subclasses__():
    if kind.__name__ == "Popen":
        return {"value": kind(["id"])}
return {"value": None}`,
  ],
  [
    'the frames of the caller',
    `import sys
frame = sys._getframe()
while frame.f_back:
    frame = frame.f_back
return {"value": [name for name in frame.f_globals if name in ("process", "require", "host")]}`,
  ],
];

/** What one run leaves for the next, and what that one finds. */
export const LEFTOVERS: ReadonlyArray<readonly [name: string, leave: string, find: string]> = [
  [
    'a module attribute',
    'import json\njson.left = "behind"',
    'import json\nvalue = getattr(json, "left", None)',
  ],
  [
    'a builtin',
    'import builtins\nbuiltins.left = "behind"',
    'import builtins\nvalue = getattr(builtins, "left", None)',
  ],
  [
    'a module',
    'import sys, types\nsys.modules["left"] = types.ModuleType("left")',
    'import sys\nvalue = "behind" if "left" in sys.modules else None',
  ],
  [
    'a file',
    'open("/tmp/left", "w").write("behind")',
    'import os\nvalue = "behind" if os.path.exists("/tmp/left") else None',
  ],
  [
    'an object of the main module',
    'import __main__\n__main__.left = "behind"',
    'import __main__\nvalue = getattr(__main__, "left", None)',
  ],
  ['a changed encoder', 'import json\njson.dumps = lambda *a, **k: "[]"', 'value = None'],
];

/** What would take all time or all memory. */
export const PYTHON_BOMBS: ReadonlyArray<readonly [name: string, code: string]> = [
  ['an endless loop', 'while True: pass'],
  [
    'a loop that catches everything',
    'while True:\n    try:\n        while True: pass\n    except BaseException: pass',
  ],
  ['a list that grows', 'x = []\nwhile True: x.append(bytearray(1024 * 1024))'],
  ['a number of enormous size', 'return {"value": str((1 << (1 << 30)) * 3 % 7)}'],
  ['a regular expression that never ends', 'import re\nre.match(r"(a+)+$", "a" * 40 + "b")\nreturn {}'],
  [
    'a recursion without limit',
    'import sys\nsys.setrecursionlimit(10 ** 9)\ndef f(): return f()\nreturn f()',
  ],
  ['a result that holds itself', 'x = []\nx.append(x)\nreturn {"x": x}'],
  ['lines without end', 'while True: print("x" * 10000)'],
  ['an exit', 'import os\nos._exit(1)'],
  ['an abort', 'import os\nos.abort()'],
];
