//! Responses that are pages of one list.

use crate::source::Span;

use super::{FieldUse, Shape};

/// How one page leads to the next.
pub(crate) struct Paging<'a> {
    /// Where that is said.
    pub(crate) span: Span,
    /// The field of the response that is the list; `None` if the response itself is.
    pub(crate) items: Option<FieldUse<'a>>,
    pub(crate) response: Option<Shape<'a>>,
    pub(crate) turn: Turn<'a>,
    pub(crate) more: Option<FieldUse<'a>>,
    pub(crate) total: Option<FieldUse<'a>>,
    pub(crate) pages: Option<FieldUse<'a>>,
}

/// What the position of the next page follows from; `place` is a field of the request.
pub(crate) enum Turn<'a> {
    Cursor {
        place: FieldUse<'a>,
        from: FieldUse<'a>,
    },
    /// `from` is a field of the last item.
    LastItem {
        place: FieldUse<'a>,
        from: FieldUse<'a>,
    },
    Number {
        place: FieldUse<'a>,
        first: i64,
    },
    Offset {
        place: FieldUse<'a>,
    },
    Link,
    /// Something that has been reported.
    Error,
}
