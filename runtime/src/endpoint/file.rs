//! A file in a request.

use std::fmt;

use crate::validate::field::{Measure, Present};

/// A file of a multipart request, or one that is the whole body. `Debug` shows what it is and how long, not what is in it.
///
/// ```
/// use apiscribe::endpoint::File;
///
/// let scan = File::new("licence.png", "image/png", vec![0; 3]);
/// assert_eq!(format!("{scan:?}"), r#"File { name: "licence.png", content_type: "image/png", bytes: 3 }"#);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    /// Name without a folder, as `licence.png`.
    pub name: String,
    /// Media type, as `image/png`; `application/octet-stream` is sent for an empty one.
    pub content_type: String,
    pub content: Vec<u8>,
}

impl File {
    /// Its media type as it is sent.
    pub(super) fn media_type(&self) -> &str {
        match self.content_type.as_str() {
            "" => "application/octet-stream",
            given => given,
        }
    }

    /// A file by name, media type and content.
    pub fn new(
        name: impl Into<String>,
        content_type: impl Into<String>,
        content: impl Into<Vec<u8>>,
    ) -> Self {
        Self { name: name.into(), content_type: content_type.into(), content: content.into() }
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File")
            .field("name", &self.name)
            .field("content_type", &self.content_type)
            .field("bytes", &self.content.len())
            .finish()
    }
}

impl Present for File {}

/// A file has a length in bytes only.
impl Measure for File {
    fn bytes(&self) -> Option<usize> {
        Some(self.content.len())
    }

    fn chars(&self) -> Option<usize> {
        None
    }

    fn utf16(&self) -> Option<usize> {
        None
    }
}

impl Measure for Option<File> {
    fn bytes(&self) -> Option<usize> {
        self.as_ref()?.bytes()
    }

    fn chars(&self) -> Option<usize> {
        None
    }

    fn utf16(&self) -> Option<usize> {
        None
    }
}

/// Collects the files of a multipart request by the names of their fields. Derived code fills it.
#[derive(Debug, Default)]
pub struct Files<'a>(pub(super) Vec<(&'static str, &'a File)>);

impl<'a> Files<'a> {
    /// Adds the file of a field, unless it is absent.
    pub fn file(&mut self, name: &'static str, field: &'a impl FileField) {
        self.0.extend(field.file().map(|file| (name, file)));
    }
}

/// A field that is a file, or may be left out.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a file",
    label = "`#[endpoint(file)]` is for files",
    note = "a field of a multipart body that is a file is a `apiscribe::endpoint::File` or an `Option` of one"
)]
pub trait FileField {
    /// The file, or `None` if it is left out.
    fn file(&self) -> Option<&File>;
}

impl FileField for File {
    fn file(&self) -> Option<&File> {
        Some(self)
    }
}

impl FileField for Option<File> {
    fn file(&self) -> Option<&File> {
        self.as_ref()
    }
}
