//! A value as the pairs of a query or a form: lists and objects in the spelling that the platform reads.

use serde::Deserialize;

use crate::error::RequestError;
use crate::json::{self, Decoder, Progress};
use crate::meta::{Lists, Objects, Spelling};

/// A name and its value, which is of several items only where commas are to part them.
pub(super) struct Pair {
    pub(super) name: String,
    pub(super) items: Vec<String>,
}

/// Pairs while they are collected.
#[derive(Default)]
pub(super) struct Pairs {
    pub(super) list: Vec<Pair>,
    /// A list whose items commas cannot part.
    unclear: Option<String>,
}

impl Pairs {
    /// The pairs, unless the platform would read other items than there are.
    pub(super) fn finish(self) -> Result<Vec<Pair>, RequestError> {
        match self.unclear {
            Some(name) => Err(RequestError::ListItem { name }),
            None => Ok(self.list),
        }
    }

    /// The pairs of each field of an object, whose spelling `of` knows.
    pub(super) fn fields(
        &mut self,
        json: &mut Decoder<'_>,
        of: impl Fn(&str) -> Spelling,
    ) -> Result<(), json::Error> {
        json.enter_object()?;
        let mut progress = Progress::Begun;
        while json.has_next(b'}', &mut progress)? {
            let name = json.key()?.into_owned();
            let spelling = of(&name);
            self.value(name, spelling, json)?;
        }
        Ok(())
    }

    /// The pairs of a value; none of an absent one.
    pub(super) fn value(
        &mut self,
        name: String,
        spelling: Spelling,
        json: &mut Decoder<'_>,
    ) -> Result<(), json::Error> {
        match json.peek() {
            Some(b'n') => json.ignore(),
            Some(b'[') => self.items(&name, spelling, json),
            Some(b'{') if spelling.objects == Objects::Brackets => {
                self.entries(&name, spelling, json)
            }
            _ => {
                self.list.push(Pair { items: vec![text(json)?], name });
                Ok(())
            }
        }
    }

    fn entries(
        &mut self,
        name: &str,
        spelling: Spelling,
        json: &mut Decoder<'_>,
    ) -> Result<(), json::Error> {
        json.enter_object()?;
        let mut progress = Progress::Begun;
        while json.has_next(b'}', &mut progress)? {
            let key = json.key()?;
            self.value(format!("{name}[{key}]"), spelling, json)?;
        }
        Ok(())
    }

    /// What is not text itself is numbered where objects are in brackets, whatever the spelling of lists: in any other, it
    /// could not be told which of its fields belong together.
    fn items(
        &mut self,
        name: &str,
        spelling: Spelling,
        json: &mut Decoder<'_>,
    ) -> Result<(), json::Error> {
        json.enter_list()?;
        let (mut progress, mut place, mut joined) = (Progress::Begun, 0_usize, Vec::new());
        while json.has_next(b']', &mut progress)? {
            let is_compound = matches!(json.peek(), Some(b'{' | b'['));
            let numbered = || format!("{name}[{place}]");
            if is_compound && spelling.objects == Objects::Brackets {
                self.value(numbered(), spelling, json)?;
            } else if spelling.lists == Lists::Commas {
                joined.push(text(json)?);
            } else {
                let name = match spelling.lists {
                    Lists::Brackets => format!("{name}[]"),
                    Lists::Indices => numbered(),
                    Lists::Repeated | Lists::Commas => name.to_owned(),
                };
                self.list.push(Pair { name, items: vec![text(json)?] });
            }
            place = place.saturating_add(1);
        }
        self.join(name, joined);
        Ok(())
    }

    fn join(&mut self, name: &str, items: Vec<String>) {
        if items.iter().any(|item| item.contains(',')) {
            self.unclear.get_or_insert_with(|| name.to_owned());
        }
        if !items.is_empty() {
            self.list.push(Pair { name: name.to_owned(), items });
        }
    }
}

/// A value as text: a string as it is, nothing for `null`, anything else as JSON.
pub(super) fn text(json: &mut Decoder<'_>) -> Result<String, json::Error> {
    match json.peek() {
        Some(b'"') => String::deserialize(json),
        Some(b'n') => json.ignore().map(|()| String::new()),
        _ => Ok(String::from_utf8_lossy(json.raw()?).into_owned()),
    }
}
