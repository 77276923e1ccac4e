//! Responses that are pages of one list.

use serde::Serialize;

use super::Type;

/// How one page leads to the next; fields by their Rust names.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Paging {
    /// What the list is of.
    pub item: Type,
    /// The field of the response that is the list; `None` if the response itself is.
    pub items: Option<Vec<PageStep>>,
    pub turn: Turn,
    /// Fields of the response that say whether there is more, and how many items and pages there are.
    pub more: Option<Vec<PageStep>>,
    pub total: Option<Vec<PageStep>>,
    pub pages: Option<Vec<PageStep>>,
    /// What these fields of the response are called on the wire, and the one that gives a cursor.
    pub reads: Vec<String>,
}

/// One field on the way to a field of the response: there is one step to its own fields, and more to those of objects in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageStep {
    pub field: String,
    /// How many `Option`s are around what is inside; 0 for the last step, into which nothing leads.
    pub options: u8,
}

/// What the position of the next page follows from; `field` is one of the request.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    Cursor {
        field: String,
        /// The field of the response that gives it.
        from: Vec<PageStep>,
    },
    /// A cursor that the last item of each page has.
    LastItem {
        field: String,
        /// The field of the item that gives it.
        from: String,
    },
    Number {
        field: String,
        first: i64,
    },
    Offset {
        field: String,
    },
    /// The header `Link`.
    Link,
    /// A field of the response has the address.
    Url {
        from: Vec<PageStep>,
    },
}
