/**
 * The root of a snippet's crate. The user's file is a module of its own, so that compiler messages name its lines. What
 * crosses is JSON in memory: `guixu_run` takes the place and length of the input and gives those of
 * `{"ok": …, "console": […]}` or `{"error": "…", "console": […]}` in one number.
 */
export const CRATE_SOURCE = String.raw`#[macro_use]
mod macros {
    /// An object of JSON: object! { "name" => value, … }
    macro_rules! object {
        ($($name:expr => $value:expr),* $(,)?) => {{
            #[allow(unused_mut)]
            let mut object = $crate::json::Value::Object(Vec::new());
            $(object.set($name, $value);)*
            object
        }};
    }
}
mod json;

mod host {
    use crate::json::Value;
    use std::cell::RefCell;
    thread_local! {
        pub static CONSOLE: RefCell<Vec<Value>> = RefCell::new(Vec::new());
        pub static PANIC: RefCell<String> = RefCell::new(String::new());
    }
    /// Writes a line to the console of the node.
    pub fn log(line: impl std::fmt::Display) {
        CONSOLE.with(|lines| {
            let mut lines = lines.borrow_mut();
            if lines.len() < 10_000 { lines.push(Value::String(line.to_string().chars().take(10_000).collect())); }
        });
    }
}

mod user {
    #[allow(unused_imports)]
    use crate::host::log;
    #[allow(unused_imports)]
    use crate::json::Value;
    include!("snippet.rs");
    pub fn enter(input: Value) -> Result<Value, String> {
        crate::Outcome::outcome(run(crate::Input::input(input)?))
    }
}

trait Input: Sized {
    fn input(value: json::Value) -> Result<Self, String>;
}
impl Input for json::Value {
    fn input(value: json::Value) -> Result<Self, String> { Ok(value) }
}
impl Input for Vec<json::Value> {
    fn input(value: json::Value) -> Result<Self, String> {
        Ok(match value { json::Value::Array(values) => values, other => vec![other] })
    }
}

trait Outcome {
    fn outcome(self) -> Result<json::Value, String>;
}
impl<T: Into<json::Value>> Outcome for T {
    fn outcome(self) -> Result<json::Value, String> { Ok(self.into()) }
}
impl<T: Into<json::Value>, E: std::fmt::Display> Outcome for Result<T, E> {
    fn outcome(self) -> Result<json::Value, String> { self.map(Into::into).map_err(|error| error.to_string()) }
}

fn give(text: String) -> u64 {
    let bytes = text.into_bytes().into_boxed_slice();
    let length = bytes.len() as u64;
    ((Box::into_raw(bytes) as *mut u8 as u64) << 32) | length
}

#[no_mangle]
pub extern "C" fn guixu_room(length: usize) -> *mut u8 {
    Box::into_raw(vec![0u8; length].into_boxed_slice()) as *mut u8
}

#[no_mangle]
pub unsafe extern "C" fn guixu_run(start: *mut u8, length: usize) -> u64 {
    std::panic::set_hook(Box::new(|info| {
        let message = info.payload().downcast_ref::<&str>().map(|text| text.to_string())
            .or_else(|| info.payload().downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "panic".to_string());
        let line = info.location().filter(|place| place.file().ends_with("snippet.rs")).map_or(0, |place| place.line());
        host::PANIC.with(|panic| *panic.borrow_mut() = format!("{{\"line\":{},\"reason\":{}}}", line, json::Value::from(message)));
    }));
    let bytes = Vec::from(Box::from_raw(std::slice::from_raw_parts_mut(start, length)));
    let result = String::from_utf8(bytes).map_err(|error| error.to_string())
        .and_then(|text| json::parse(&text)).and_then(user::enter);
    let console = json::Value::Array(host::CONSOLE.with(|lines| lines.take()));
    give(match result {
        Ok(value) => format!("{{\"ok\":{},\"console\":{}}}", value, console),
        Err(error) => format!("{{\"error\":{},\"console\":{}}}", json::Value::from(error), console),
    })
}

/// What a panic said, after the run ended in a trap.
#[no_mangle]
pub extern "C" fn guixu_panic() -> u64 {
    give(host::PANIC.with(|panic| panic.take()))
}
`;
