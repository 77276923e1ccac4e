//! JSON → a request's fields, read as strictly as the documents limit them.

use serde_json::{Map, Value};

use crate::envelope::{Refusal, refuse_parameter};

/// The fields of a JSON object. `null` is the same as left out.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'a> {
    map: &'a Map<String, Value>,
    /// Whether whole numbers may come as text.
    quoted: bool,
}

impl<'a> Fields<'a> {
    /// A request's. Whole numbers may come as text, because the platform's own SDK types every int64 so.
    pub(crate) fn of(value: &'a Value) -> Result<Self, Refusal> {
        Self::read(value, true)
    }

    /// Those of what a page or the app has put into JSON, where numbers are numbers.
    pub(crate) fn of_page(value: &'a Value) -> Result<Self, Refusal> {
        Self::read(value, false)
    }

    fn read(value: &'a Value, quoted: bool) -> Result<Self, Refusal> {
        match value {
            Value::Object(map) => Ok(Self { map, quoted }),
            _ => refuse_parameter("an object is expected"),
        }
    }

    pub(crate) fn given(self, name: &str) -> Option<&'a Value> {
        self.map.get(name).filter(|value| !value.is_null())
    }

    /// A text of 1 to `max` bytes.
    pub(crate) fn text(self, name: &str, max: usize) -> Result<&'a str, Refusal> {
        match self.optional_text(name, max)? {
            Some(text) if !text.is_empty() => Ok(text),
            _ => refuse_parameter(format!("{name} is required")),
        }
    }

    /// A text of at most `max` bytes.
    pub(crate) fn optional_text(self, name: &str, max: usize) -> Result<Option<&'a str>, Refusal> {
        match self.given(name) {
            None => Ok(None),
            Some(Value::String(text)) if text.len() <= max => Ok(Some(text)),
            Some(Value::String(_)) => {
                refuse_parameter(format!("{name} is longer than {max} bytes"))
            }
            Some(_) => refuse_parameter(format!("{name} must be a string")),
        }
    }

    /// Like a text, and one of these.
    pub(crate) fn choice(self, name: &str, choices: &[&str]) -> Result<&'a str, Refusal> {
        let text = self.text(name, usize::MAX)?;
        if choices.contains(&text) { Ok(text) } else { refuse_parameter(format!("{name}: {text}")) }
    }

    pub(crate) fn whole(self, name: &str) -> Result<i64, Refusal> {
        match self.optional_whole(name)? {
            Some(number) => Ok(number),
            None => refuse_parameter(format!("{name} is required")),
        }
    }

    pub(crate) fn optional_whole(self, name: &str) -> Result<Option<i64>, Refusal> {
        let Some(value) = self.given(name) else { return Ok(None) };
        let number = match value {
            Value::String(text) if self.quoted => parse(text),
            value => value.as_i64(),
        };
        match number {
            Some(number) => Ok(Some(number)),
            None => refuse_parameter(format!("{name} must be a whole number")),
        }
    }

    /// A whole number greater than 0.
    pub(crate) fn amount(self, name: &str) -> Result<i64, Refusal> {
        match self.whole(name)? {
            amount if amount > 0 => Ok(amount),
            _ => refuse_parameter(format!("{name} must be greater than 0")),
        }
    }

    pub(crate) fn flag(self, name: &str) -> Result<bool, Refusal> {
        match self.given(name) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(_) => refuse_parameter(format!("{name} must be true or false")),
        }
    }

    pub(crate) fn object(self, name: &str) -> Result<Self, Refusal> {
        match self.given(name) {
            Some(Value::Object(map)) => Ok(Self { map, ..self }),
            _ => refuse_parameter(format!("{name} must be an object")),
        }
    }

    /// A list of 1 to `max` entries.
    pub(crate) fn list(self, name: &str, max: usize) -> Result<&'a [Value], Refusal> {
        match self.given(name) {
            Some(Value::Array(list)) if (1..=max).contains(&list.len()) => Ok(list),
            _ => refuse_parameter(format!("{name} must be a list of 1 to {max} entries")),
        }
    }

    /// A list of 1 to `max` objects.
    pub(crate) fn objects(self, name: &str, max: usize) -> Result<Vec<Self>, Refusal> {
        self.list(name, max)?.iter().map(|value| Self::read(value, self.quoted)).collect()
    }

    /// An HTTPS address of at most `max` bytes.
    pub(crate) fn notify_url(self, name: &str, max: usize) -> Result<Option<String>, Refusal> {
        match self.optional_text(name, max)? {
            Some(url) if !url.starts_with("https://") => {
                refuse_parameter(format!("{name} must be HTTPS"))
            }
            url => Ok(url.map(str::to_owned)),
        }
    }

    /// The page of a mini-app that an order or a refund opens.
    pub(crate) fn check_page(self) -> Result<(), Refusal> {
        let path = self.text("path", 512)?;
        if path.starts_with('/') || path.contains('?') {
            return refuse_parameter("path has a slash at its start or a query");
        }
        match self.optional_text("params", 512)? {
            Some(params) if serde_json::from_str::<Map<String, Value>>(params).is_err() => {
                refuse_parameter("params must be the JSON text of an object")
            }
            _ => Ok(()),
        }
    }
}

/// A number as it is written: `600`, but not `+600` or `0600`.
fn parse(text: &str) -> Option<i64> {
    text.parse().ok().filter(|number: &i64| number.to_string() == text)
}
