//! Responses that are pages of one list.

use serde::Serialize;

use super::Type;

/// How one page leads to the next; fields by their Rust names.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Paging {
    /// What the list is of.
    pub item: Type,
    /// The field of the response that is the list; `None` if the response itself is.
    pub items: Option<String>,
    pub turn: Turn,
    /// Fields of the response that say whether there is more, and how many items and pages there are.
    pub more: Option<String>,
    pub total: Option<String>,
    pub pages: Option<String>,
    /// What these fields of the response are called on the wire, and the one that gives a cursor.
    pub reads: Vec<String>,
}

/// What the position of the next page follows from; `field` is one of the request.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    Cursor {
        field: String,
        /// The field of the response that gives it.
        from: String,
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
}
