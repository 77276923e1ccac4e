//! The bytes of a file in, UTF-8 out, piece by piece; what is in another encoding is refused with its place.

use std::fmt;
use std::io::{self, Read};

use encoding_rs::{Decoder, DecoderResult, GBK};

use super::mapping::Encoding;

/// A row of more bytes than this is taken for a quotation mark that is never closed.
const LONGEST_ROW: usize = 1 << 20;

/// What is read at once of a file in GBK.
const PIECE: usize = 32 << 10;

/// What reading itself may fail with; travels inside an [`io::Error`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextFault {
    /// The byte there is none of the encoding.
    Encoding { offset: u64, encoding: Encoding },
    /// There is no end of a row.
    LongRow,
}

impl fmt::Display for TextFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for TextFault {}

/// A file as UTF-8 without byte order mark, ending with a line feed.
pub(super) struct Text<R> {
    input: R,
    form: Form,
    /// How many bytes of the file were passed on or decoded.
    offset: u64,
    /// How many bytes the row being read may still have.
    left: usize,
    ended: bool,
}

enum Form {
    /// Bytes that begin a character, and wait for its rest.
    Utf8 {
        said: Encoding,
        pending: Vec<u8>,
    },
    Gbk(Box<Gbk>),
}

struct Gbk {
    decoder: Decoder,
    raw: Vec<u8>,
    /// Which part of `raw` is not decoded yet.
    rest: std::ops::Range<usize>,
    /// What is refused after all before it has been passed on.
    fault: Option<TextFault>,
}

impl<R: Read> Text<R> {
    /// Looks at the first three bytes, for a byte order mark.
    pub(super) fn new(mut input: R, encoding: Encoding) -> io::Result<Self> {
        let head = first_bytes(&mut input)?;
        let is_marked = head == b"\xEF\xBB\xBF";
        let (offset, head) = if is_marked { (3, Vec::new()) } else { (0, head) };
        let form = match encoding {
            Encoding::Gbk if !is_marked => {
                let (decoder, end) = (GBK.new_decoder_without_bom_handling(), head.len());
                let mut raw = head;
                raw.resize(PIECE, 0);
                Form::Gbk(Box::new(Gbk { decoder, raw, rest: 0..end, fault: None }))
            }
            said => Form::Utf8 { said, pending: head },
        };
        Ok(Self { input, form, offset, left: LONGEST_ROW, ended: false })
    }
}

impl<R> Text<R> {
    /// A row has ended, so that the next may be as long again.
    #[inline]
    pub(super) fn row_ended(&mut self) {
        self.left = LONGEST_ROW;
    }
}

impl<R: Read> Read for Text<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.ended || out.len() < 8 {
            return Ok(0);
        }
        if self.left == 0 {
            return Err(io::Error::other(TextFault::LongRow));
        }
        let count = match &mut self.form {
            Form::Utf8 { said, pending } => {
                read_utf8(&mut self.input, *said, pending, &mut self.offset, out)?
            }
            Form::Gbk(gbk) => gbk.read(&mut self.input, &mut self.offset, out)?,
        };
        self.left = self.left.saturating_sub(count);
        if count > 0 {
            return Ok(count);
        }
        self.ended = true;
        out[0] = b'\n';
        Ok(1)
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
        // Of what is no UTF-8 so much that it is refused as well when its turn comes, after what is before it.
        pending.extend_from_slice(&out[good..end.min(good + 4)]);
        *offset += good as u64;
        if good > 0 || count == 0 {
            return Ok(good);
        }
    }
}

impl Gbk {
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
                let (offset, encoding) = (offset.saturating_sub(back), Encoding::Gbk);
                self.fault = Some(TextFault::Encoding { offset, encoding });
            }
            if written > 0 || (last && self.fault.is_none()) {
                return Ok(written);
            }
        }
    }
}

/// Up to three bytes, fewer only if there are no more.
fn first_bytes<R: Read>(input: &mut R) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(3);
    input.by_ref().take(3).read_to_end(&mut head)?;
    Ok(head)
}

fn read_some<R: Read>(input: &mut R, out: &mut [u8]) -> io::Result<usize> {
    loop {
        match input.read(out) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}
