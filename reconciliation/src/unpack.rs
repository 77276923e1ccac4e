//! A file as it is in, its bytes out: gzip and zip are unpacked, and what holds no bills is named.

use std::fmt;
use std::io::{self, Chain, Cursor, Read, Take};

use encoding_rs::GBK;
use flate2::Crc;
use flate2::read::{DeflateDecoder, MultiGzDecoder};
use rawzip::{CompressionMethod, ZipArchive};

/// A zip archive is read into memory, since its folder is at its end. Bills of this size have some 20 million rows.
const LARGEST_ZIP: u64 = 256 << 20;

/// Bills are packed some 5 to 30 times smaller. What expands to more than this, beyond the first megabytes, is not a bill.
const DENSEST: u64 = 250;
const ALWAYS_EXPANDED: u64 = 8 << 20;

/// How far into a file its first bytes tell what it is.
const HEAD: u64 = 512;

/// Why a packed file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PackFault {
    /// Not exactly one file of the archive is the one to read; these are in it.
    Entries(Vec<String>),
    /// It is encrypted.
    Encrypted,
    /// It is packed in a way that is not read.
    Method,
    /// It is a zip archive of more than 256 MiB.
    TooLarge,
    /// It expands to more than 250 times its size.
    TooDense,
    /// It is damaged or cut off.
    Damaged(String),
}

/// What a file turned out to be.
#[derive(Debug, Clone)]
pub(super) enum UnpackFault {
    Packed(PackFault),
    /// Something else than text.
    NotText(&'static str),
}

impl fmt::Display for UnpackFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for UnpackFault {}

impl UnpackFault {
    fn error(self) -> io::Error {
        io::Error::other(self)
    }
}

fn packed(fault: PackFault) -> io::Error {
    UnpackFault::Packed(fault).error()
}

fn damaged(error: impl fmt::Display) -> io::Error {
    packed(PackFault::Damaged(error.to_string()))
}

/// A file whose first bytes were looked at.
type Whole<R> = Chain<Cursor<Vec<u8>>, R>;

/// The bytes of a file, unpacked.
pub(super) struct Unpacked<R> {
    form: Form<R>,
    expanded: u64,
}

enum Form<R> {
    Plain(Whole<R>),
    Gzip(Box<MultiGzDecoder<Counted<Whole<R>>>>),
    Zip(Box<Entry>),
}

impl<R: Read> Unpacked<R> {
    /// Looks at the first bytes. `entry` is how the name of the right file in a zip archive ends.
    pub(super) fn new(mut input: R, entry: Option<&str>) -> io::Result<Self> {
        let head = first_bytes(&mut input)?;
        let kind = kind(&head);
        let whole = Cursor::new(head).chain(input);
        let form = match kind {
            FileKind::Text => Form::Plain(whole),
            FileKind::Gzip => {
                Form::Gzip(Box::new(MultiGzDecoder::new(Counted { inner: whole, count: 0 })))
            }
            FileKind::Zip => Form::Zip(Box::new(Entry::find(whole, entry)?)),
            FileKind::Other(what) => return Err(UnpackFault::NotText(what).error()),
        };
        Ok(Self { form, expanded: 0 })
    }

    /// Refuses what was packed if by its first bytes it is not text either.
    pub(super) fn check_inside(&self, head: &[u8]) -> io::Result<()> {
        if matches!(self.form, Form::Plain(_)) {
            return Ok(());
        }
        let what = match kind(head) {
            FileKind::Text => return Ok(()),
            FileKind::Gzip => "packed twice; unpack it first",
            FileKind::Zip => {
                "an archive or an Excel workbook that was packed again; unpack it, and export a workbook as CSV"
            }
            FileKind::Other(what) => what,
        };
        Err(UnpackFault::NotText(what).error())
    }

    /// How many packed bytes were read.
    fn taken(&self) -> u64 {
        match &self.form {
            Form::Plain(_) => u64::MAX,
            Form::Gzip(gzip) => gzip.get_ref().count,
            Form::Zip(entry) => entry.packed_size,
        }
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = match &mut self.form {
            Form::Plain(whole) => return whole.read(out),
            Form::Gzip(gzip) => gzip.read(out).map_err(explain)?,
            Form::Zip(entry) => entry.read(out)?,
        };
        self.expanded += count as u64;
        let most = self.taken().saturating_mul(DENSEST).max(ALWAYS_EXPANDED);
        if self.expanded > most {
            return Err(packed(PackFault::TooDense));
        }
        Ok(count)
    }
}

/// Faults of the packed data itself are told apart from those of reading it.
fn explain(error: io::Error) -> io::Error {
    use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
    match error.kind() {
        InvalidData | InvalidInput | UnexpectedEof => damaged(error),
        _ => error,
    }
}

struct Counted<R> {
    inner: R,
    count: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out)?;
        self.count += count as u64;
        Ok(count)
    }
}

/// A file in a zip archive.
struct Entry {
    data: Data,
    packed_size: u64,
    /// What the archive says of it.
    size: u64,
    checksum: u32,
    /// What has been read of it.
    read: Crc,
    count: u64,
}

enum Data {
    Stored(Take<Cursor<Vec<u8>>>),
    Deflated(DeflateDecoder<Take<Cursor<Vec<u8>>>>),
}

/// Where a file of an archive is, by the archive's folder.
struct Listed {
    name: String,
    wayfinder: rawzip::ZipArchiveEntryWayfinder,
    method: CompressionMethod,
    is_encrypted: bool,
    size: u64,
    checksum: u32,
}

impl Entry {
    fn find(input: impl Read, ending: Option<&str>) -> io::Result<Self> {
        let mut bytes = Vec::new();
        input.take(LARGEST_ZIP + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LARGEST_ZIP {
            return Err(packed(PackFault::TooLarge));
        }
        let archive = ZipArchive::from_slice(&bytes).map_err(damaged)?;
        let listed = choose(list(&archive)?, ending)?;
        if listed.is_encrypted {
            return Err(packed(PackFault::Encrypted));
        }
        let entry = archive.get_entry(listed.wayfinder).map_err(damaged)?;
        let (start, end) = entry.compressed_data_range();
        let packed_size = end.saturating_sub(start);
        let mut data = Cursor::new(bytes);
        data.set_position(start);
        let data = data.take(packed_size);
        let data = match listed.method {
            CompressionMethod::STORE => Data::Stored(data),
            CompressionMethod::DEFLATE => Data::Deflated(DeflateDecoder::new(data)),
            _ => return Err(packed(PackFault::Method)),
        };
        let Listed { size, checksum, .. } = listed;
        Ok(Self { data, packed_size, size, checksum, read: Crc::new(), count: 0 })
    }
}

impl Read for Entry {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = match &mut self.data {
            Data::Stored(data) => data.read(out)?,
            Data::Deflated(data) => data.read(out).map_err(explain)?,
        };
        self.read.update(&out[..count]);
        self.count += count as u64;
        let is_whole = self.count == self.size && self.read.sum() == self.checksum;
        if self.count > self.size || (count == 0 && !out.is_empty() && !is_whole) {
            return Err(damaged("its size or checksum is wrong"));
        }
        Ok(count)
    }
}

/// The files of an archive, without folders and what macOS adds.
fn list<T: AsRef<[u8]>>(archive: &rawzip::ZipSliceArchive<T>) -> io::Result<Vec<Listed>> {
    let mut listed = Vec::new();
    let mut entries = archive.entries();
    while let Some(entry) = entries.next_entry().map_err(damaged)? {
        let name = name(entry.file_path().as_bytes());
        if let Some(what) = document(&name) {
            return Err(UnpackFault::NotText(what).error());
        }
        if !entry.is_dir() && !name.starts_with("__MACOSX/") {
            listed.push(Listed {
                name,
                wayfinder: entry.wayfinder(),
                method: entry.compression_method(),
                is_encrypted: entry.flags().is_encrypted(),
                size: entry.uncompressed_size_hint(),
                checksum: entry.crc32(),
            });
        }
    }
    Ok(listed)
}

/// Which document of a spreadsheet has a file of this name inside.
fn document(name: &str) -> Option<&'static str> {
    match name {
        "content.xml" => Some("an OpenDocument spreadsheet (ods); export it as CSV"),
        _ if name.starts_with("xl/") => Some("an Excel workbook (xlsx); export it as CSV"),
        _ if name.starts_with("Index/") && name.ends_with(".iwa") => {
            Some("a Numbers document; export it as CSV")
        }
        _ => None,
    }
}

/// Names are in UTF-8, or in GBK.
fn name(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(name) => name.to_owned(),
        Err(_) => GBK.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

fn choose(listed: Vec<Listed>, ending: Option<&str>) -> io::Result<Listed> {
    let names: Vec<String> = listed.iter().map(|entry| entry.name.clone()).collect();
    let is_right = |entry: &Listed| ending.is_none_or(|ending| entry.name.ends_with(ending));
    let mut right = listed.into_iter().filter(is_right);
    match (right.next(), right.next()) {
        (Some(only), None) => Ok(only),
        _ => Err(packed(PackFault::Entries(names))),
    }
}

enum FileKind {
    Text,
    Gzip,
    Zip,
    Other(&'static str),
}

/// What a file is by its first bytes.
fn kind(head: &[u8]) -> FileKind {
    let others: [(&[u8], &str); 8] = [
        (b"\xD0\xCF\x11\xE0", "an Excel workbook (xls); export it as CSV"),
        (b"%PDF", "a PDF; export it as CSV"),
        (b"7z\xBC\xAF\x27\x1C", "a 7z archive; unpack it first"),
        (b"Rar!\x1A", "a RAR archive; unpack it first"),
        (b"\xFD7zXZ\0", "packed by xz; unpack it first"),
        (b"\x28\xB5\x2F\xFD", "packed by Zstandard; unpack it first"),
        (b"BZh91AY&SY", "packed by bzip2; unpack it first"),
        (b"<", "HTML or XML, perhaps an error page"),
    ];
    match head {
        [0x1F, 0x8B, ..] => FileKind::Gzip,
        [b'P', b'K', 3 | 5, 4 | 6, ..] => FileKind::Zip,
        _ if head.get(257..262) == Some(b"ustar") => {
            FileKind::Other("a tar archive; unpack it first")
        }
        _ => {
            let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
            if is_json(head) {
                return FileKind::Other("JSON, perhaps an error response");
            }
            let other = others.iter().find(|(magic, _)| head.starts_with(magic));
            other.map_or(FileKind::Text, |(_, what)| FileKind::Other(what))
        }
    }
}

/// Objects, perhaps in lists, down to the first key.
fn is_json(head: &[u8]) -> bool {
    let is_opening = |byte: &u8| matches!(byte, b'{' | b'[') || byte.is_ascii_whitespace();
    let key = head.iter().position(|byte| !is_opening(byte));
    matches!(head.first(), Some(b'{' | b'[')) && key.is_some_and(|at| head[at] == b'"')
}

/// The beginning of a file; all of it, if it is as short as that.
pub(super) fn first_bytes(input: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(HEAD as usize);
    input.by_ref().take(HEAD).read_to_end(&mut head)?;
    Ok(head)
}
