//! One pass over a body: what is around the data, and the data left to whoever knows their type.

use http::response::Parts;
use serde::Deserialize;

use super::{Place, Slot};
use crate::code::{Code, RawCode};
use crate::fault::{Fault, paths, without_bom};
use crate::json::{self, Decoder, Progress, above, below};
use crate::lenient::Lenient;
use crate::meta::{Envelope, MOST_CODES};

/// What is around the data.
#[derive(Default)]
pub(super) struct Head {
    /// By their places among the envelope's.
    codes: [Option<RawCode>; MOST_CODES],
    pub(super) log_id: Option<String>,
    pub(super) has_data: bool,
    /// Paths of what was passed over in the data, because it is not what it should be.
    pub(super) unread: Vec<String>,
    /// With its place among the envelope's. Read in the second pass only: a success has one as well, and nobody asks for
    /// it.
    pub(super) message: Option<(usize, String)>,
    wants_message: bool,
}

/// Reads the head and, if it comes to them, the data. Stops at the first fault.
pub(super) fn scan(
    envelope: &'static Envelope,
    parts: Option<&Parts>,
    body: &[u8],
    head: &mut Head,
    data: &mut dyn Place,
) -> Result<(), Fault> {
    let text = without_bom(body);
    let json = Decoder::new(text);
    let json = match parts {
        Some(parts) => json.of_response(parts, true),
        None => json,
    };
    let mut scanner = Scanner { envelope, json };
    let start = body.len() - text.len();
    let scanned = scanner.body(head, data).and_then(|()| scanner.json.end());
    scanned.map_err(|error| scanner.json.placed(error).into_fault().after(start))?;
    let unread = scanner.json.take_unread();
    if !unread.is_empty() {
        head.unread = paths(text, &unread);
    }
    Ok(())
}

struct Scanner<'a> {
    envelope: &'static Envelope,
    json: Decoder<'a>,
}

impl Scanner<'_> {
    fn body(&mut self, head: &mut Head, data: &mut dyn Place) -> Result<(), json::Error> {
        match self.envelope.data {
            "" => self.data(head, data),
            _ => self.object("", head, data),
        }
    }

    /// An object at a place.
    fn object(
        &mut self,
        at: &'static str,
        head: &mut Head,
        data: &mut dyn Place,
    ) -> Result<(), json::Error> {
        self.json.enter_object()?;
        let mut progress = Progress::Begun;
        while self.json.has_next(b'}', &mut progress)? {
            let part = self.envelope.part(at, &self.json.key()?);
            self.member(part, head, data)?;
        }
        Ok(())
    }

    fn member(
        &mut self,
        part: Part,
        head: &mut Head,
        data: &mut dyn Place,
    ) -> Result<(), json::Error> {
        match part {
            Part::Code(rank) => head.codes[rank] = self.code()?,
            Part::LogId => head.log_id = self.text()?.filter(|id| !id.is_empty()),
            Part::Message(rank) if head.wants_message => {
                let text = self.text()?;
                head.keep_message(rank, text);
            }
            Part::Data => self.data(head, data)?,
            Part::Above(at) if self.json.peek() == Some(b'{') => self.object(at, head, data)?,
            Part::Message(_) | Part::Above(_) | Part::Other => self.json.ignore()?,
        }
        Ok(())
    }

    fn data(&mut self, head: &mut Head, data: &mut dyn Place) -> Result<(), json::Error> {
        if self.envelope.has_head_in_data(head) && self.json.peek() == Some(b'{') {
            self.look_inside(head)?;
        }
        // Of data that come twice the last count.
        self.json.take_unread();
        head.has_data = !data.holds_nothing() && !self.json.is_null();
        if head.has_data { data.read(&mut self.json) } else { self.json.ignore() }
    }

    /// The code, unless nothing stands in its place.
    fn code(&mut self) -> Result<Option<RawCode>, json::Error> {
        if self.json.is_empty_text() {
            return self.json.ignore().map(|()| None);
        }
        let is_number = matches!(self.envelope.success, Some(Code::Int(_)));
        let code = match self.json.peek() {
            Some(b'"') if !is_number => {
                Some(RawCode::Text(String::deserialize(&mut self.json)?.into()))
            }
            Some(b'-' | b'0'..=b'9') | None => self.number()?,
            _ if is_number => self.number()?,
            _ => self.json.ignore().map(|()| None)?,
        };
        // Of a number at the end of a body that was cut off there may be more digits.
        Ok(code.filter(|_| self.json.peek().is_some()))
    }

    fn number(&mut self) -> Result<Option<RawCode>, json::Error> {
        Ok(Option::deserialize_lenient(&mut self.json)?.map(RawCode::Int))
    }

    /// Reads the parts of the head that stand in the data, and goes back to the data's start.
    fn look_inside(&mut self, head: &mut Head) -> Result<(), json::Error> {
        let start = self.json.clone();
        self.object(self.envelope.data, head, &mut Slot::<()>::new())?;
        self.json = start;
        Ok(())
    }

    /// A text; anything else as the JSON that it is; none for `null`.
    fn text(&mut self) -> Result<Option<String>, json::Error> {
        match self.json.peek() {
            Some(b'"') => String::deserialize(&mut self.json).map(Some),
            _ if self.json.is_null() => self.json.ignore().map(|()| None),
            _ => Ok(Some(String::from_utf8_lossy(self.json.raw()?).into_owned())),
        }
    }
}

impl Head {
    /// The first of the keys that has a text has the message, wherever it stands in the body.
    fn keep_message(&mut self, rank: usize, text: Option<String>) {
        let is_better = self.message.as_ref().is_none_or(|(kept, _)| rank <= *kept);
        if let Some(text) = text.filter(|text| is_better && !text.is_empty()) {
            self.message = Some((rank, text));
        }
    }

    /// One that also takes up the error text.
    pub(super) fn with_message() -> Self {
        Self { wants_message: true, ..Self::default() }
    }

    /// Whether there is a code, and all that there are mean success.
    pub(super) fn says(&self, success: Code) -> bool {
        self.codes.iter().flatten().next().is_some() && self.refusal(Some(success)).is_none()
    }

    /// The first code that does not mean success.
    pub(super) fn refusal(&self, success: Option<Code>) -> Option<&RawCode> {
        self.codes.iter().flatten().find(|code| success.is_none_or(|success| **code != success))
    }
}

impl Envelope {
    fn has_head_in_data(&self, head: &Head) -> bool {
        let is_in_data =
            |place: &&'static str| self.data.is_empty() || below(place, self.data).is_some();
        self.code.iter().any(is_in_data)
            || self.log_id.iter().any(is_in_data)
            || (head.wants_message && self.message.iter().any(is_in_data))
    }

    /// Which part of the head stands in a key of the object at `at`.
    fn part(&self, at: &'static str, key: &str) -> Part {
        let is = |place: &&'static str| below(place, at) == Some(key);
        if !self.data.is_empty() && is(&self.data) {
            return Part::Data;
        }
        if let Some(rank) = self.code.iter().position(is) {
            return Part::Code(rank);
        }
        if self.log_id.as_ref().is_some_and(is) {
            return Part::LogId;
        }
        if let Some(rank) = self.message.iter().position(is) {
            return Part::Message(rank);
        }
        let places = self.code.iter().chain(self.message).chain(&self.log_id).chain([&self.data]);
        let mut above = places.filter_map(|place| above(place, at, key));
        above.next().map_or(Part::Other, Part::Above)
    }
}

#[derive(Clone, Copy)]
enum Part {
    /// With its place among the envelope's.
    Code(usize),
    /// With its place among the envelope's.
    Message(usize),
    LogId,
    Data,
    /// Something of the head is inside, or the data are; with the place of the object.
    Above(&'static str),
    Other,
}
