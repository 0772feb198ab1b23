/**
 * Ways to look at the computer that compiles a snippet, while it is compiled, and at the one that runs it. Each is a whole
 * snippet; what it gives under `value` must be nothing of the host. `SECRET` stands for the path of a file.
 */
const snippet = (value: string, before = '') =>
  `${before}\nfn run(_: Value) -> Value { object! { "value" => ${value} } }`;

export const RUST: ReadonlyArray<readonly [name: string, code: string]> = [
  ['include_str!', snippet('include_str!("SECRET")')],
  ['include_bytes!', snippet('String::from_utf8_lossy(include_bytes!("SECRET")).to_string()')],
  ['include! of a file', snippet('include!("SECRET")')],
  ['a path with ..', snippet('include_str!("../../../../../../../SECRET")')],
  ['the environment of the compiler', snippet('option_env!("SECRET_OF_TEST")')],
  ['env! of the home', snippet('env!("HOME")')],
  ['the environment of its process', snippet('include_str!("/proc/self/environ")')],
  ['the environment of the engine', snippet('include_str!("/proc/1/environ")')],
  ['accounts of the computer', snippet('include_str!("/etc/passwd")')],
  ['the settings of cargo', snippet('include_str!("/root/.cargo/config.toml")')],
  ['a module from elsewhere', snippet('stolen::VALUE', '#[path = "SECRET"] mod stolen;')],
  [
    'a documentation attribute',
    snippet('1', '#[doc = include_str!("SECRET")] pub struct S; compile_error!(include_str!("SECRET"));'),
  ],
  [
    'a procedural macro',
    snippet(
      '1',
      'extern crate proc_macro; #[proc_macro] pub fn m(_: proc_macro::TokenStream) -> proc_macro::TokenStream { panic!() }',
    ),
  ],
  [
    'a linked library',
    snippet('1', '#[link(name = "c", kind = "static")] extern "C" { fn getpid() -> i32; }'),
  ],
  ['an imported function', snippet('unsafe { getpid() }', 'extern "C" { fn getpid() -> i32; }')],
  [
    'an import of WASI',
    snippet(
      'unsafe { args_sizes_get(1 as _, 1 as _) }',
      '#[link(wasm_import_module = "wasi_snapshot_preview1")] extern "C" { fn args_sizes_get(a: *mut u8, b: *mut u8) -> i32; }',
    ),
  ],
  ['a file at run time', snippet('std::fs::read_to_string("SECRET").ok()')],
  ['the environment at run time', snippet('std::env::var("SECRET_OF_TEST").ok()')],
  ['a connection', snippet('std::net::TcpStream::connect("127.0.0.1:80").is_ok().then(|| "connected")')],
  ['a program', snippet('std::process::Command::new("id").output().is_ok().then(|| "started")')],
  ['a thread', snippet('std::thread::Builder::new().spawn(|| 1).is_ok().then(|| "started")')],
  ['memory outside of its own', snippet('unsafe { *(0xffff_fff0usize as *const u8) as i32 }')],
];

export const RUST_BOMBS: ReadonlyArray<readonly [name: string, code: string]> = [
  ['an endless loop', snippet('{ loop { std::hint::spin_loop() } 1 }')],
  [
    'memory without end',
    snippet('{ let mut x: Vec<Vec<u8>> = vec![]; loop { x.push(vec![1; 1 << 20]) } 1 }'),
  ],
  ['a result of enormous size', snippet('"x".repeat(100 << 20)')],
  [
    'a recursion without end',
    snippet(
      'f(1)',
      '#[inline(never)] fn f(n: i64) -> i64 { let x = [n; 64]; if n > 0 { f(n + 1) + std::hint::black_box(x)[3] } else { 0 } }',
    ),
  ],
  [
    'a constant that takes for ever',
    snippet(
      'X',
      'const fn f(n: u64) -> u64 { let mut i = 0; let mut s = n; while i < u64::MAX { s = s.wrapping_mul(3); i += 1; } s } const X: u64 = f(7);',
    ),
  ],
  ['a macro that calls itself', snippet('m!(1)', 'macro_rules! m { ($($x:tt)*) => { m!($($x)* $($x)*) } }')],
  ['types without end', snippet('f(1)', 'fn f<T: Copy>(x: T) -> i32 { f((x, x)) }')],
  ['an array of enormous size', snippet('X[5] as i32', 'static X: [u8; 1 << 34] = [1; 1 << 34];')],
];
