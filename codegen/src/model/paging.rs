//! Responses that are pages of one list.

use crate::source::Span;

use super::{FieldId, FieldUse, ObjectId, Resolved, Shape};

/// How one page leads to the next.
pub(crate) struct Paging<'a> {
    /// Where that is said.
    pub(crate) span: Span,
    /// The object that a page is.
    pub(crate) page: Resolved<ObjectId>,
    /// The field of the response that is the list; `None` if the response itself is.
    pub(crate) items: Option<PageField<'a>>,
    pub(crate) response: Option<Shape<'a>>,
    pub(crate) turn: Turn<'a>,
    pub(crate) more: Option<PageField<'a>>,
    pub(crate) total: Option<PageField<'a>>,
    pub(crate) pages: Option<PageField<'a>>,
}

/// A field of a page, or of an object in it, as `meta.next_cursor`.
pub(crate) struct PageField<'a> {
    /// The whole path, and the field that it ends with.
    pub(crate) used: FieldUse<'a>,
    /// The fields before the last one, each an object.
    pub(crate) through: Vec<FieldId>,
}

/// What the position of the next page follows from; `place` is a field of the request.
pub(crate) enum Turn<'a> {
    Cursor {
        place: FieldUse<'a>,
        from: PageField<'a>,
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
    /// `from` has the address.
    Url {
        from: PageField<'a>,
    },
    /// Something that has been reported.
    Error,
}
