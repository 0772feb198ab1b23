/** The module `json` that every snippet has: values of JSON, reading and writing them. Rust 1.56 is enough for it. */
export const JSON_SOURCE = String.raw`use std::fmt::{self, Display, Write};
use std::ops::{Index, IndexMut};

/// A value of JSON. Objects keep the order of their fields.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    Number(f64),
    String(String),
    Array(Vec<Value>),
    Object(Vec<(String, Value)>),
}

static NULL: Value = Value::Null;

impl Value {
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }
    pub fn as_bool(&self) -> Option<bool> {
        if let Value::Bool(value) = self { Some(*value) } else { None }
    }
    pub fn as_f64(&self) -> Option<f64> {
        if let Value::Number(value) = self { Some(*value) } else { None }
    }
    pub fn as_i64(&self) -> Option<i64> {
        self.as_f64().filter(|value| value.fract() == 0.0).map(|value| value as i64)
    }
    pub fn as_str(&self) -> Option<&str> {
        if let Value::String(value) = self { Some(value) } else { None }
    }
    pub fn as_array(&self) -> Option<&Vec<Value>> {
        if let Value::Array(value) = self { Some(value) } else { None }
    }
    pub fn as_array_mut(&mut self) -> Option<&mut Vec<Value>> {
        if let Value::Array(value) = self { Some(value) } else { None }
    }
    pub fn as_object(&self) -> Option<&Vec<(String, Value)>> {
        if let Value::Object(value) = self { Some(value) } else { None }
    }
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.as_object()?.iter().find(|(field, _)| field == name).map(|(_, value)| value)
    }
    /// Sets a field. What was no object becomes one.
    pub fn set(&mut self, name: &str, value: impl Into<Value>) {
        self[name] = value.into();
    }
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        if let Value::Object(fields) = self {
            let place = fields.iter().position(|(field, _)| field == name)?;
            return Some(fields.remove(place).1);
        }
        None
    }
}

/// A field that is not there is null.
impl Index<&str> for Value {
    type Output = Value;
    fn index(&self, name: &str) -> &Value {
        self.get(name).unwrap_or(&NULL)
    }
}

impl IndexMut<&str> for Value {
    fn index_mut(&mut self, name: &str) -> &mut Value {
        if !matches!(self, Value::Object(_)) {
            *self = Value::Object(Vec::new());
        }
        match self {
            Value::Object(fields) => {
                let place = fields.iter().position(|(field, _)| field == name).unwrap_or_else(|| {
                    fields.push((name.to_string(), Value::Null));
                    fields.len() - 1
                });
                &mut fields[place].1
            }
            _ => unreachable!(),
        }
    }
}

impl Index<usize> for Value {
    type Output = Value;
    fn index(&self, place: usize) -> &Value {
        self.as_array().and_then(|entries| entries.get(place)).unwrap_or(&NULL)
    }
}

macro_rules! from_number {
    ($($kind:ty),*) => { $(impl From<$kind> for Value {
        fn from(value: $kind) -> Value { Value::Number(value as f64) }
    })* };
}
from_number!(f64, f32, i64, i32, i16, i8, u64, u32, u16, u8, usize, isize);

impl From<bool> for Value {
    fn from(value: bool) -> Value { Value::Bool(value) }
}
impl From<&str> for Value {
    fn from(value: &str) -> Value { Value::String(value.to_string()) }
}
impl From<String> for Value {
    fn from(value: String) -> Value { Value::String(value) }
}
impl From<&Value> for Value {
    fn from(value: &Value) -> Value { value.clone() }
}
impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(values: Vec<T>) -> Value { Value::Array(values.into_iter().map(Into::into).collect()) }
}
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value { value.map_or(Value::Null, Into::into) }
}
impl From<()> for Value {
    fn from(_: ()) -> Value { Value::Null }
}

impl Display for Value {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Value::Null => out.write_str("null"),
            Value::Bool(value) => write!(out, "{}", value),
            Value::Number(value) if value.is_finite() => write!(out, "{}", value),
            Value::Number(_) => out.write_str("null"),
            Value::String(value) => write_text(out, value),
            Value::Array(values) => {
                out.write_char('[')?;
                for (place, value) in values.iter().enumerate() {
                    if place > 0 { out.write_char(',')?; }
                    write!(out, "{}", value)?;
                }
                out.write_char(']')
            }
            Value::Object(fields) => {
                out.write_char('{')?;
                for (place, (name, value)) in fields.iter().enumerate() {
                    if place > 0 { out.write_char(',')?; }
                    write_text(out, name)?;
                    write!(out, ":{}", value)?;
                }
                out.write_char('}')
            }
        }
    }
}

fn write_text(out: &mut fmt::Formatter, text: &str) -> fmt::Result {
    out.write_char('"')?;
    for character in text.chars() {
        match character {
            '"' => out.write_str("\\\"")?,
            '\\' => out.write_str("\\\\")?,
            control if (control as u32) < 0x20 => write!(out, "\\u{:04x}", control as u32)?,
            other => out.write_char(other)?,
        }
    }
    out.write_char('"')
}

pub fn parse(text: &str) -> Result<Value, String> {
    let mut reader = Reader { text, at: 0, depth: 0 };
    let value = reader.value()?;
    reader.space();
    if reader.at == text.len() { Ok(value) } else { Err(reader.wrong("the end")) }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn wrong(&self, expected: &str) -> String {
        format!("JSON: expected {} at {}", expected, self.at)
    }
    fn peek(&self) -> u8 {
        *self.text.as_bytes().get(self.at).unwrap_or(&0)
    }
    fn space(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t') { self.at += 1; }
    }
    fn take(&mut self, token: &str) -> bool {
        self.space();
        let found = self.text[self.at..].starts_with(token);
        if found { self.at += token.len(); }
        found
    }
    fn value(&mut self) -> Result<Value, String> {
        self.depth += 1;
        if self.depth > 500 { return Err("JSON: nested too deeply".to_string()); }
        self.space();
        let value = match self.peek() {
            b'{' => self.object(),
            b'[' => self.array(),
            b'"' => self.string().map(Value::String),
            _ if self.take("null") => Ok(Value::Null),
            _ if self.take("true") => Ok(Value::Bool(true)),
            _ if self.take("false") => Ok(Value::Bool(false)),
            _ => self.number(),
        };
        self.depth -= 1;
        value
    }
    fn number(&mut self) -> Result<Value, String> {
        let start = self.at;
        while matches!(self.peek(), b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E') { self.at += 1; }
        self.text[start..self.at].parse().map(Value::Number).map_err(|_| self.wrong("a value"))
    }
    fn string(&mut self) -> Result<String, String> {
        if !self.take("\"") { return Err(self.wrong("a text")); }
        let mut text = String::new();
        loop {
            let rest = &self.text[self.at..];
            let end = rest.find(|c| c == '"' || c == '\\').ok_or_else(|| self.wrong("the end of a text"))?;
            text.push_str(&rest[..end]);
            self.at += end + 1;
            if rest.as_bytes()[end] == b'"' { return Ok(text); }
            let escape = self.peek();
            self.at += 1;
            text.push(match escape {
                b'n' => '\n',
                b't' => '\t',
                b'r' => '\r',
                b'b' => '\u{8}',
                b'f' => '\u{c}',
                b'u' => self.unit()?,
                other => other as char,
            });
        }
    }
    fn hex(&mut self) -> Result<u32, String> {
        let digits = self.text.get(self.at..self.at + 4).ok_or_else(|| self.wrong("four digits"))?;
        self.at += 4;
        u32::from_str_radix(digits, 16).map_err(|_| self.wrong("four digits"))
    }
    fn unit(&mut self) -> Result<char, String> {
        let first = self.hex()?;
        if (0xd800..0xdc00).contains(&first) && self.text[self.at..].starts_with("\\u") {
            self.at += 2;
            let second = self.hex()?;
            let code = 0x10000 + ((first - 0xd800) << 10) + (second.wrapping_sub(0xdc00) & 0x3ff);
            return Ok(char::from_u32(code).unwrap_or('\u{fffd}'));
        }
        Ok(char::from_u32(first).unwrap_or('\u{fffd}'))
    }
    fn array(&mut self) -> Result<Value, String> {
        self.take("[");
        let mut values = Vec::new();
        if self.take("]") { return Ok(Value::Array(values)); }
        loop {
            values.push(self.value()?);
            if self.take("]") { return Ok(Value::Array(values)); }
            if !self.take(",") { return Err(self.wrong("a comma")); }
        }
    }
    fn object(&mut self) -> Result<Value, String> {
        self.take("{");
        let mut fields = Vec::new();
        if self.take("}") { return Ok(Value::Object(fields)); }
        loop {
            let name = self.string()?;
            if !self.take(":") { return Err(self.wrong("a colon")); }
            fields.push((name, self.value()?));
            if self.take("}") { return Ok(Value::Object(fields)); }
            if !self.take(",") { return Err(self.wrong("a comma")); }
        }
    }
}
`;
