//! The bytes of a file in, UTF-8 out, piece by piece; what is in another encoding is refused with its place.
//!
//! No row vanishes. Two line ends are appended to the file, so that a quotation mark that is never closed shows by
//! its length, and bytes that another program would take for a line end are searched for. A quoted cell with line
//! breaks is refused if it has so many delimiters that a row could be inside; so is a row that lacks cells and has a
//! delimiter inside one. A row with fewer cells than the header is refused unless the mapping allows it, and then an
//! amount is told from two halves that its thousands separator has split. Lines before the header, after the end that
//! the mapping names, or after a comment sign are refused if they may be rows. All this is examined only where a row
//! is longer than a line or such a byte was seen, so other files pay nothing.

use std::fmt;
use std::io::{self, Chain, Cursor, Read};

use encoding_rs::{Decoder, DecoderResult, GBK, UTF_16BE, UTF_16LE};

use super::mapping::Encoding;
use super::quotes::Quotes;
use super::unpack::{Unpacked, first_bytes};

/// A row of more bytes than this is taken for a quotation mark that is never closed.
const LONGEST_ROW: usize = 1 << 20;

/// What is read at once of a file that is decoded.
const PIECE: usize = 32 << 10;

/// What reading itself may fail with; travels inside an [`io::Error`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextFault {
    /// The byte there is none of the encoding.
    Encoding { offset: u64, encoding: Encoding },
    /// There is no end of a row.
    LongRow,
    /// It is UTF-16, and neither a byte order mark nor the mapping says so.
    Unmarked(Encoding),
}

impl fmt::Display for TextFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for TextFault {}

/// What follows the file: a line end, and another that a quotation mark which is never closed swallows as well.
const END: &[u8] = b"\n\n";

/// A file as UTF-8 without byte order mark, and two line feeds after it.
pub(super) struct Text<R> {
    input: Chain<Cursor<Vec<u8>>, Unpacked<R>>,
    form: Form,
    /// How many bytes of the file were passed on or decoded.
    offset: u64,
    /// How many bytes the row being read may still have.
    left: usize,
    /// How many bytes were passed on.
    passed: u64,
    /// How many bytes there are to be passed on; known at the end.
    end: u64,
    /// Whether a byte was passed on that some row must be examined for.
    is_odd: bool,
    /// Whether the byte passed on last is a carriage return.
    after_return: bool,
    quotes: Quotes,
}

enum Form {
    /// Bytes that begin a character, and wait for its rest.
    Utf8 {
        said: Encoding,
        pending: Vec<u8>,
    },
    Decoded(Box<Decoded>),
}

struct Decoded {
    said: Encoding,
    decoder: Decoder,
    raw: Vec<u8>,
    /// Which part of `raw` is not decoded yet.
    rest: std::ops::Range<usize>,
    /// What is refused after all before it has been passed on.
    fault: Option<TextFault>,
}

impl<R: Read> Text<R> {
    /// Looks at the first bytes, for what the file is and for a byte order mark. `entry` is how the name of the right file
    /// in a zip archive ends.
    pub(super) fn new(
        input: R,
        encoding: Encoding,
        delimiter: u8,
        entry: Option<&str>,
    ) -> io::Result<Self> {
        let mut input = Unpacked::new(input, entry)?;
        let mut head = first_bytes(&mut input)?;
        input.check_inside(&head)?;
        let (encoding, mark) = match head[..] {
            [0xEF, 0xBB, 0xBF, ..] if encoding == Encoding::Auto => (Encoding::Auto, 3),
            [0xEF, 0xBB, 0xBF, ..] => (Encoding::Utf8, 3),
            [0xFF, 0xFE, ..] => (Encoding::Utf16Le, 2),
            [0xFE, 0xFF, ..] => (Encoding::Utf16Be, 2),
            _ => (encoding, 0),
        };
        let decoder = match encoding {
            Encoding::Auto | Encoding::Utf8 => None,
            Encoding::Gbk => Some(GBK),
            Encoding::Utf16Le => Some(UTF_16LE),
            Encoding::Utf16Be => Some(UTF_16BE),
        };
        if !matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be) {
            refuse_utf_16(&head)?;
        }
        let form = match decoder {
            None => Form::Utf8 { said: encoding, pending: Vec::new() },
            Some(decoder) => Form::Decoded(Box::new(Decoded {
                said: encoding,
                decoder: decoder.new_decoder_without_bom_handling(),
                raw: vec![0; PIECE],
                rest: 0..0,
                fault: None,
            })),
        };
        head.drain(..mark);
        Ok(Self {
            input: Cursor::new(head).chain(input),
            form,
            offset: mark as u64,
            left: LONGEST_ROW,
            passed: 0,
            end: u64::MAX,
            is_odd: false,
            after_return: false,
            quotes: Quotes::new(delimiter),
        })
    }
}

/// UTF-16 without byte order mark, by the zeros beside commas, digits and line ends.
fn refuse_utf_16(head: &[u8]) -> io::Result<()> {
    let zeros = |parity| head.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let encoding = match (zeros(0), zeros(1)) {
        (0, 3..) => Encoding::Utf16Le,
        (3.., 0) => Encoding::Utf16Be,
        _ => return Ok(()),
    };
    Err(io::Error::other(TextFault::Unmarked(encoding)))
}

impl<R> Text<R> {
    /// A row has ended, so that the next may be as long again.
    #[inline]
    pub(super) fn row_ended(&mut self) {
        self.left = LONGEST_ROW;
    }

    /// How many bytes there are, if all of them were passed on.
    #[inline]
    pub(super) fn end(&self) -> u64 {
        self.end
    }

    /// Whether there was a NUL, or a carriage return that no line feed follows.
    #[inline]
    pub(super) fn is_odd(&self) -> bool {
        self.is_odd
    }

    /// Whether there is text behind a closing quotation mark, in a row that was passed on.
    #[inline]
    pub(super) fn has_text_after_quote(&self) -> bool {
        self.quotes.has_found()
    }

    /// Whether there is any before this place.
    pub(super) fn take_text_after_quote(&mut self, end: u64) -> bool {
        self.quotes.take_before(end)
    }

    fn examine(&mut self, piece: &[u8]) {
        self.quotes.examine(piece, self.passed);
        if self.is_odd {
            return;
        }
        self.is_odd = self.after_return && piece.first() != Some(&b'\n');
        self.after_return = piece.last() == Some(&b'\r');
        for at in memchr::memchr2_iter(b'\r', 0, piece) {
            let is_line_end = piece[at] == b'\r' && matches!(piece.get(at + 1), Some(b'\n') | None);
            self.is_odd |= !is_line_end;
        }
    }
}

impl<R: Read> Read for Text<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.end != u64::MAX || out.len() < 8 {
            return Ok(0);
        }
        if self.left == 0 {
            return Err(io::Error::other(TextFault::LongRow));
        }
        let count = match &mut self.form {
            Form::Utf8 { said, pending } => {
                read_utf8(&mut self.input, *said, pending, &mut self.offset, out)?
            }
            Form::Decoded(decoded) => decoded.read(&mut self.input, &mut self.offset, out)?,
        };
        self.left = self.left.saturating_sub(count);
        if count > 0 {
            self.examine(&out[..count]);
            self.passed += count as u64;
            return Ok(count);
        }
        self.end = self.passed;
        out[..END.len()].copy_from_slice(END);
        Ok(END.len())
    }
}

/// Reads into `out` and keeps back a character that has not ended.
fn read_utf8<R: Read>(
    input: &mut R,
    said: Encoding,
    pending: &mut Vec<u8>,
    offset: &mut u64,
    out: &mut [u8],
) -> io::Result<usize> {
    loop {
        let kept = pending.len();
        out[..kept].copy_from_slice(pending);
        let count = read_some(input, &mut out[kept..])?;
        pending.clear();
        let end = kept + count;
        let (good, is_whole) = match simdutf8::compat::from_utf8(&out[..end]) {
            Ok(_) => (end, true),
            Err(fault) => (fault.valid_up_to(), fault.error_len().is_none() && count > 0),
        };
        if good == 0 && !is_whole {
            let fault = TextFault::Encoding { offset: *offset, encoding: said };
            return Err(io::Error::other(fault));
        }
        // Of what is not UTF-8 so much that it is refused as well when its turn comes, after what is before it.
        pending.extend_from_slice(&out[good..end.min(good + 4)]);
        *offset += good as u64;
        if good > 0 || count == 0 {
            return Ok(good);
        }
    }
}

impl Decoded {
    fn read<R: Read>(
        &mut self,
        input: &mut R,
        offset: &mut u64,
        out: &mut [u8],
    ) -> io::Result<usize> {
        loop {
            if let Some(fault) = self.fault {
                return Err(io::Error::other(fault));
            }
            let mut last = false;
            if self.rest.is_empty() {
                let count = read_some(input, &mut self.raw)?;
                self.rest = 0..count;
                last = count == 0;
            }
            let piece = &self.raw[self.rest.clone()];
            let (result, read, written) =
                self.decoder.decode_to_utf8_without_replacement(piece, out, last);
            self.rest.start += read;
            *offset += read as u64;
            if let DecoderResult::Malformed(length, after) = result {
                let back = u64::from(length) + u64::from(after);
                let (offset, encoding) = (offset.saturating_sub(back), self.said);
                self.fault = Some(TextFault::Encoding { offset, encoding });
            }
            if written > 0 || (last && self.fault.is_none()) {
                return Ok(written);
            }
        }
    }
}

fn read_some<R: Read>(input: &mut R, out: &mut [u8]) -> io::Result<usize> {
    loop {
        match input.read(out) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}
