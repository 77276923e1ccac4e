//! One pass over a body: what is around the data, and the data left to whoever knows their type.

use serde::Deserialize;

use super::{Place, Slot};
use crate::fault::{Fault, paths, without_bom};
use crate::json::{self, Decoder, Progress};
use crate::lenient::Lenient;
use crate::meta::{Envelope, Key};

/// What is around the data.
#[derive(Default)]
pub(super) struct Head {
    pub(super) code: Option<i64>,
    pub(super) log_id: Option<String>,
    pub(super) has_data: bool,
    /// Paths of what was passed over in the data, because it is not what it should be.
    pub(super) unread: Vec<String>,
    /// With its place among the envelope's keys. Read in the second pass only: a success has one as well, and nobody
    /// asks for it.
    pub(super) message: Option<(usize, String)>,
    pub(super) wants_message: bool,
}

/// Reads the head and, if it comes to them, the data. Stops at the first fault.
pub(super) fn scan(
    envelope: &Envelope,
    body: &[u8],
    head: &mut Head,
    data: &mut dyn Place,
) -> Result<(), Fault> {
    let text = without_bom(body);
    let mut scanner = Scanner { envelope, json: Decoder::new(text), in_data: false };
    let start = body.len() - text.len();
    let scanned = scanner.object(head, data).and_then(|()| scanner.json.end());
    scanned.map_err(|error| scanner.json.placed(error).into_fault().after(start))?;
    head.unread = paths(text, &scanner.json.take_unread());
    Ok(())
}

struct Scanner<'a> {
    envelope: &'a Envelope,
    json: Decoder<'a>,
    /// Whether it looks through the data for parts of the head.
    in_data: bool,
}

impl Scanner<'_> {
    fn object(&mut self, head: &mut Head, data: &mut dyn Place) -> Result<(), json::Error> {
        self.json.enter_object()?;
        let mut progress = Progress::Begun;
        while self.json.has_next(b'}', &mut progress)? {
            let part = self.envelope.part(&self.json.key()?, self.in_data);
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
            Part::Code => head.code = self.code()?,
            Part::LogId => head.log_id = self.text()?.filter(|id| !id.is_empty()),
            Part::Message(rank) if head.wants_message => {
                let text = self.text()?;
                head.keep_message(rank, text);
            }
            Part::Data => self.data(head, data)?,
            Part::Message(_) | Part::Other => self.json.ignore()?,
        }
        Ok(())
    }

    fn data(&mut self, head: &mut Head, data: &mut dyn Place) -> Result<(), json::Error> {
        if self.envelope.has_head_in_data() && self.json.peek() == Some(b'{') {
            self.look_inside(head)?;
        }
        // Of data that come twice the last count.
        self.json.take_unread();
        head.has_data = !data.holds_nothing() && !self.json.is_null();
        if head.has_data { data.read(&mut self.json) } else { self.json.ignore() }
    }

    /// The code, unless nothing stands in its place.
    fn code(&mut self) -> Result<Option<i64>, json::Error> {
        if self.json.is_empty_text() {
            return self.json.ignore().map(|()| None);
        }
        let code = Option::deserialize_lenient(&mut self.json)?;
        // Of a number at the end of a body that was cut off there may be more digits.
        Ok(code.filter(|_: &i64| self.json.peek().is_some()))
    }

    /// Reads the parts of the head that stand in the data, and goes back to the data's start.
    fn look_inside(&mut self, head: &mut Head) -> Result<(), json::Error> {
        let start = self.json.clone();
        self.in_data = true;
        self.object(head, &mut Slot::<()>::new())?;
        self.in_data = false;
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
}

impl Envelope {
    fn has_head_in_data(&self) -> bool {
        let mut keys = self.message.iter().chain(&self.log_id);
        self.code.in_data || keys.any(|key| key.in_data)
    }

    /// Which part a key has, beside the data or in them.
    fn part(&self, name: &str, in_data: bool) -> Part {
        let is = |key: &Key| key.name == name && key.in_data == in_data;
        match name {
            _ if name == self.data && !in_data => Part::Data,
            _ if is(&self.code) => Part::Code,
            _ if self.log_id.as_ref().is_some_and(is) => Part::LogId,
            _ => self.message.iter().position(is).map_or(Part::Other, Part::Message),
        }
    }
}

#[derive(Clone, Copy)]
enum Part {
    Code,
    /// With its place among the envelope's keys.
    Message(usize),
    LogId,
    Data,
    Other,
}
