//! One pass over a body: what is around the data, and the data left to whoever knows their type.

use http::response::Parts;
use serde::Deserialize;

use super::code::read_code;
use super::{Place, Slot};
use crate::code::RawCode;
use crate::fault::{Fault, paths, without_bom};
use crate::json::{self, Decoder, Progress, above, below, is_here};
use crate::meta::Envelope;

/// What is around the data.
#[derive(Default)]
pub(super) struct Head {
    /// By their places among the envelope's.
    pub(super) codes: [Option<RawCode>; Envelope::MOST_CODES],
    /// What the boolean says, if there is one.
    pub(super) ok: Option<bool>,
    /// There is something in which a code should be; whether there is one it has not said.
    pub(super) is_about_code: bool,
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
            Part::Code(rank) => head.codes[rank] = read_code(self.envelope, &mut self.json)?,
            Part::Ok => head.ok = self.ok()?,
            Part::LogId => head.log_id = self.text()?.filter(|id| !id.is_empty()),
            Part::Message(rank) if head.wants_message => {
                let text = self.text()?;
                head.keep_message(rank, text);
            }
            Part::Data => self.data(head, data)?,
            Part::Above(at) => self.above(at, head, data)?,
            Part::Message(_) | Part::Other => self.json.ignore()?,
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

    /// What stands where a part of the head is inside, or the data are.
    fn above(
        &mut self,
        at: &'static str,
        head: &mut Head,
        data: &mut dyn Place,
    ) -> Result<(), json::Error> {
        if self.envelope.success_without_code && !self.json.is_null() {
            head.is_about_code |= self.envelope.is_about_code(at);
        }
        match self.json.peek() {
            Some(b'{') => self.object(at, head, data),
            _ => self.json.ignore(),
        }
    }

    /// The boolean, unless nothing stands in its place.
    fn ok(&mut self) -> Result<Option<bool>, json::Error> {
        match self.json.is_empty_text() {
            true => self.json.ignore().map(|()| None),
            false => Option::deserialize(&mut self.json),
        }
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
}

impl Envelope {
    /// Whether only a response with a code has something at a place: an object that has a part of a success inside as well
    /// tells nothing.
    fn is_about_code(&self, at: &str) -> bool {
        let is_shared = |place: &'static str| below(place, at).is_some();
        let is_of_success = is_shared(self.data) || self.log_id.is_some_and(is_shared);
        let is_about = |code: &'static str| match self.data {
            // Anything may be data, but for the object that the code itself stands in.
            "" => below(code, at).is_some_and(|rest| !rest.contains('.')),
            _ => below(code, at).is_some(),
        };
        !is_of_success && self.code.iter().any(|code| is_about(code))
    }

    fn has_head_in_data(&self, head: &Head) -> bool {
        let is_in_data =
            |place: &&'static str| self.data.is_empty() || below(place, self.data).is_some();
        self.code.iter().any(is_in_data)
            || self.log_id.iter().any(is_in_data)
            || self.ok.iter().any(is_in_data)
            || (head.wants_message && self.message.iter().any(is_in_data))
    }

    /// Which part of the head stands in a key of the object at `at`.
    fn part(&self, at: &'static str, key: &str) -> Part {
        let is = |place: &&'static str| is_here(place, at, key);
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
        let above = places.chain(&self.ok).find_map(|place| above(place, at, key)).map(Part::Above);
        let ok = || self.ok.as_ref().filter(|ok| is(ok)).map(|_| Part::Ok);
        above.or_else(ok).unwrap_or(Part::Other)
    }
}

#[derive(Clone, Copy)]
enum Part {
    /// With its place among the envelope's.
    Code(usize),
    /// With its place among the envelope's.
    Message(usize),
    LogId,
    /// The boolean.
    Ok,
    Data,
    /// Something of the head is inside, or the data are; with the place of the object.
    Above(&'static str),
    Other,
}
