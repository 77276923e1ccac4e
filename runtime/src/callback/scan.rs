//! One pass over the body of a call: what stands at the places of its envelope.

use std::ops::Range;

use serde::Deserialize;

use super::{CallbackEnvelope, CallbackFault};
use crate::fault::without_bom;
use crate::json::{self, Decoder, Progress, above, below, is_here};

/// What a body has at the places of its envelope.
#[derive(Default)]
pub(super) struct Scan {
    /// By their places, each once: the last of one place counts.
    texts: Vec<(&'static str, Text)>,
    content: Option<Text>,
    /// Where the content stands, behind a byte order mark.
    pub(super) place: Range<usize>,
}

/// What stands in the place of a text.
enum Text {
    /// A string, or a number as it is written.
    Is(String),
    Other,
}

impl Scan {
    pub(super) fn of(envelope: &CallbackEnvelope, body: &[u8]) -> Result<Self, CallbackFault> {
        let body = without_bom(body);
        let mut scanner = Scanner { envelope, json: Decoder::new(body), scan: Self::default() };
        let scanned = scanner.body().and_then(|()| scanner.json.end());
        match scanned {
            Ok(()) => Ok(scanner.scan),
            Err(error) => {
                let fault = scanner.json.placed(error).into_fault();
                Err(CallbackFault::of(fault.path(body), fault, body))
            }
        }
    }

    /// The text at a place.
    pub(super) fn text(&self, place: &'static str) -> Result<String, CallbackFault> {
        let found = self.texts.iter().find(|(at, _)| *at == place);
        text(place, found.map(|(_, text)| text)).map(str::to_owned)
    }

    /// The text at a place that need not have one; none if it is empty.
    pub(super) fn optional(&self, place: Option<&'static str>) -> Option<String> {
        self.text(place?).ok().filter(|text| !text.is_empty())
    }

    /// The texts at all these places, as the text of a JSON array; none unless each has one.
    pub(super) fn identity(&self, places: &[&'static str]) -> Option<String> {
        let texts: Option<Vec<String>> =
            places.iter().map(|place| self.optional(Some(place))).collect();
        super::identity(&texts.filter(|texts| !texts.is_empty())?)
    }

    /// The content's text, taken out.
    pub(super) fn take_content(&mut self, place: &'static str) -> Result<String, CallbackFault> {
        match self.content.take() {
            Some(Text::Is(content)) => Ok(content),
            other => text(place, other.as_ref()).map(str::to_owned),
        }
    }
}

fn text<'a>(place: &'static str, found: Option<&'a Text>) -> Result<&'a str, CallbackFault> {
    match found {
        Some(Text::Is(text)) => Ok(text),
        Some(Text::Other) => Err(CallbackFault::NotText { key: place }),
        None => Err(CallbackFault::Missing { key: place }),
    }
}

struct Scanner<'a> {
    envelope: &'a CallbackEnvelope,
    json: Decoder<'a>,
    scan: Scan,
}

impl Scanner<'_> {
    fn body(&mut self) -> Result<(), json::Error> {
        match self.envelope.content {
            "" => self.content(),
            _ => self.object(""),
        }
    }

    /// An object at a place.
    fn object(&mut self, at: &'static str) -> Result<(), json::Error> {
        self.json.enter_object()?;
        let mut progress = Progress::Begun;
        while self.json.has_next(b'}', &mut progress)? {
            let part = self.envelope.part(at, &self.json.key()?);
            self.member(part)?;
        }
        Ok(())
    }

    fn member(&mut self, part: Part) -> Result<(), json::Error> {
        match part {
            Part::Content => self.content(),
            Part::Text(place) => {
                let text = self.text()?;
                // One of a place, however often it comes: whoever sends a body could make the search in it endless.
                self.scan.texts.retain(|(at, _)| *at != place);
                self.scan.texts.push((place, text));
                Ok(())
            }
            Part::Above(at) => {
                self.forget(at);
                self.look_into(at)
            }
            Part::Other => self.json.ignore(),
        }
    }

    /// What was read inside of an object that now comes once more.
    fn forget(&mut self, at: &'static str) {
        self.scan.texts.retain(|(place, _)| below(place, at).is_none());
    }

    fn look_into(&mut self, at: &'static str) -> Result<(), json::Error> {
        match self.json.peek() {
            Some(b'{') => self.object(at),
            _ => self.json.ignore(),
        }
    }

    /// The content is JSON text. An object or a list in its place is the same without the quotes around it.
    fn content(&mut self) -> Result<(), json::Error> {
        let place = self.envelope.content;
        let is_whole = place.is_empty();
        self.json.peek();
        let (start, before) = (self.json.offset(), self.json.clone());
        if is_whole {
            self.object(place)?;
        } else if self.envelope.texts().any(|text| below(text, place).is_some()) {
            self.forget(place);
            self.look_into(place)?;
        }
        self.json = before;
        let content = match self.json.peek() {
            Some(b'{' | b'[') => self.raw()?,
            _ => self.text()?,
        };
        self.scan.content = Some(content);
        self.scan.place = start..self.json.offset();
        Ok(())
    }

    fn text(&mut self) -> Result<Text, json::Error> {
        match self.json.peek() {
            Some(b'"') => String::deserialize(&mut self.json).map(Text::Is),
            Some(b'-' | b'0'..=b'9') => self.raw(),
            _ => self.json.ignore().map(|()| Text::Other),
        }
    }

    fn raw(&mut self) -> Result<Text, json::Error> {
        Ok(Text::Is(String::from_utf8_lossy(self.json.raw()?).into_owned()))
    }
}

impl CallbackEnvelope {
    /// Which part stands in a key of the object at `at`.
    fn part(&self, at: &'static str, key: &str) -> Part {
        let is = |place: &&'static str| is_here(place, at, key);
        if !self.content.is_empty() && is(&self.content) {
            return Part::Content;
        }
        if let Some(place) = self.texts().find(is) {
            return Part::Text(place);
        }
        let mut places = self.texts().chain([self.content]);
        places.find_map(|place| above(place, at, key)).map_or(Part::Other, Part::Above)
    }
}

enum Part {
    Content,
    /// With its place.
    Text(&'static str),
    /// One of the others is inside; with the place of the object.
    Above(&'static str),
    Other,
}
