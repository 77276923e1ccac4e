//! What is known of the file so far, and whether a response is the rest of it.

use aws_lc_rs::digest::{Context, SHA256};
use http::header::TRANSFER_ENCODING;
use http::{StatusCode, Version};
use reqwest::Response;

use super::content_range::{ContentRange, total_of_refusal};
use super::validator::Validator;
use super::{DownloadFault, Stop};

/// As much of a file as has been written.
pub(super) struct File {
    limit: u64,
    written: u64,
    /// The SHA-256 of what has been written.
    digest: Context,
    /// What the rest can be asked for by; without it the download starts over.
    validator: Option<Validator>,
    /// The last response that began the file had no validator.
    lacks_validator: bool,
    /// Length of the whole file, in the version that the validator stands for.
    total: Option<u64>,
    /// What comes again, if it comes again: that it is the same is not known yet.
    repeat: Option<Repeat>,
}

/// Bytes that have been written already, as they come again.
struct Repeat {
    left: u64,
    digest: Context,
}

/// A response that is the file, or a part of it.
pub(super) struct Part {
    /// How many bytes it has, if that is known.
    pub(super) length: Option<u64>,
    kind: Kind,
}

enum Kind {
    /// The whole file. Its end is that of the body.
    Whole,
    /// The whole file, but where it ends cannot be told from a connection that broke.
    Endless,
    /// A part, up to this byte.
    Range { end: u64 },
}

/// How it goes on after a part.
pub(super) enum End {
    Whole,
    More,
}

impl File {
    pub(super) fn new(limit: u64) -> Self {
        Self {
            limit,
            written: 0,
            digest: Context::new(&SHA256),
            validator: None,
            lacks_validator: false,
            total: None,
            repeat: None,
        }
    }

    pub(super) fn written(&self) -> u64 {
        self.written
    }

    /// Whether the server gives nothing to ask for the rest by.
    pub(super) fn cannot_resume(&self) -> bool {
        self.lacks_validator
    }

    /// From which byte on, and by which validator, the rest is to be asked for; `None` to ask for the whole.
    pub(super) fn resume(&self) -> Option<(u64, &Validator)> {
        let can = self.written > 0 && self.repeat.is_none();
        self.validator.as_ref().filter(|_| can).map(|known| (self.written, known))
    }

    /// The part that a response is; `None` if nothing is left.
    pub(super) fn accept(&mut self, response: &Response) -> Result<Option<Part>, Stop> {
        match response.status() {
            StatusCode::OK => self.accept_whole(response).map(Some),
            StatusCode::PARTIAL_CONTENT => self.accept_range(response).map(Some),
            StatusCode::RANGE_NOT_SATISFIABLE => self.accept_refusal(response),
            status if status.is_client_error() => Err(Stop::Refused(status)),
            status => Err(Stop::Broken(DownloadFault::Status(status))),
        }
    }

    /// The file from its start, perhaps of another version: what has been written must come again.
    fn accept_whole(&mut self, response: &Response) -> Result<Part, Stop> {
        let length = response.content_length();
        self.start_over(Validator::of(response.headers()), length)?;
        let kind = if has_end(response) { Kind::Whole } else { Kind::Endless };
        Ok(Part { length, kind })
    }

    fn accept_range(&mut self, response: &Response) -> Result<Part, Stop> {
        let asked_from = self.resume().map(|(start, _)| start);
        let range = ContentRange::of(response.headers());
        let declared = response.content_length();
        let fits = |range: &ContentRange| {
            range.start == asked_from.unwrap_or(0)
                && declared.is_none_or(|length| length == range.length)
        };
        let range = range.filter(fits).ok_or_else(|| self.give_up(DownloadFault::WrongRange))?;
        match asked_from {
            Some(_) => self.check_version(response, range.total)?,
            None => self.start_over(Validator::of(response.headers()), range.total)?,
        }
        let kind = Kind::Range { end: range.start + range.length };
        Ok(Part { length: Some(range.length), kind })
    }

    /// Nothing is left if the file ends where what has been written ends.
    fn accept_refusal(&mut self, response: &Response) -> Result<Option<Part>, Stop> {
        let refused = Stop::Refused(response.status());
        let Some((_, validator)) = self.resume() else { return Err(refused) };
        let is_same = validator.is_that_of(response.headers()).unwrap_or(true);
        let total = total_of_refusal(response.headers());
        let ends_here =
            total == Some(self.written) && self.total.is_none_or(|known| Some(known) == total);
        match is_same && ends_here {
            true => Ok(None),
            false => Err(self.give_up(DownloadFault::Status(response.status()))),
        }
    }

    /// Whether a part that was asked for is of the version that it was asked for.
    fn check_version(&mut self, part: &Response, total: Option<u64>) -> Result<(), Stop> {
        let is_same = self.validator.as_ref().map(|known| known.is_that_of(part.headers()));
        let other_total =
            matches!((self.total, total), (Some(known), Some(total)) if known != total);
        match is_same.unwrap_or_default() {
            Some(true) if !other_total => {
                self.total = self.total.or(total);
                self.check_limit()
            }
            None => Err(self.give_up(DownloadFault::WrongRange)),
            _ => Err(Stop::Final(DownloadFault::Changed)),
        }
    }

    fn start_over(&mut self, validator: Option<Validator>, total: Option<u64>) -> Result<(), Stop> {
        self.lacks_validator = validator.is_none();
        (self.validator, self.total) = (validator, total);
        let repeat = Repeat { left: self.written, digest: Context::new(&SHA256) };
        self.repeat = (self.written > 0).then_some(repeat);
        match total.is_some_and(|total| total < self.written) {
            true => Err(Stop::Final(DownloadFault::Changed)),
            false => self.check_limit(),
        }
    }

    /// What the server says of its parts makes no sense, so the next request is for the whole.
    fn give_up(&mut self, fault: DownloadFault) -> Stop {
        self.validator = None;
        Stop::Broken(fault)
    }

    /// The bytes that are new, once those that are not have been seen to be the same.
    pub(super) fn check<'a>(&mut self, bytes: &'a [u8]) -> Result<&'a [u8], Stop> {
        let Some(repeat) = &mut self.repeat else { return Ok(bytes) };
        let known = usize::try_from(repeat.left).unwrap_or(usize::MAX).min(bytes.len());
        let (known, new) = bytes.split_at(known);
        repeat.digest.update(known);
        repeat.left -= known.len() as u64;
        if repeat.left > 0 {
            return Ok(new);
        }
        let again = self.repeat.take().map(|repeat| repeat.digest.finish());
        match again.is_some_and(|again| again.as_ref() == self.digest.clone().finish().as_ref()) {
            true => Ok(new),
            false => Err(Stop::Final(DownloadFault::Changed)),
        }
    }

    /// A part has come to its end.
    pub(super) fn end(&mut self, part: Part) -> Result<End, Stop> {
        let is_shorter = self.repeat.is_some();
        match part.kind {
            Kind::Whole if is_shorter => Err(Stop::Final(DownloadFault::Changed)),
            Kind::Whole => Ok(End::Whole),
            Kind::Endless => Err(Stop::Broken(DownloadFault::NoEnd)),
            Kind::Range { end } if self.total == Some(end) && !is_shorter => Ok(End::Whole),
            Kind::Range { .. } => Ok(End::More),
        }
    }

    pub(super) fn has_room(&self, bytes: usize) -> bool {
        bytes as u64 <= self.limit.saturating_sub(self.written)
    }

    pub(super) fn wrote(&mut self, bytes: &[u8]) {
        self.digest.update(bytes);
        self.written += bytes.len() as u64;
    }

    pub(super) fn too_large(&self) -> DownloadFault {
        DownloadFault::TooLarge { limit: self.limit }
    }

    fn check_limit(&self) -> Result<(), Stop> {
        match self.total.is_some_and(|total| total > self.limit) {
            true => Err(Stop::Final(self.too_large())),
            false => Ok(()),
        }
    }
}

/// Whether a body that was cut off can be told from one that has ended. A body in HTTP/1 that declares no length and is
/// not in chunks ends with its connection, however that ends.
fn has_end(response: &Response) -> bool {
    let mut encodings = response.headers().get_all(TRANSFER_ENCODING).iter();
    let last = encodings.next_back().and_then(|last| last.to_str().ok()?.rsplit(',').next());
    response.version() >= Version::HTTP_2
        || response.content_length().is_some()
        || last.is_some_and(|encoding| encoding.trim().eq_ignore_ascii_case("chunked"))
}
