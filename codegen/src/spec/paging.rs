//! Responses that are pages of one list, as written.

use crate::record::record;
use crate::source::Located;

record! {
    /// How one page leads to the next. Exactly one of `cursor`, `page_number`, `offset`, `link`, `next_url`.
    pub(crate) struct Paging {
        /// Field of the response that is the list; left out if the response itself is. Here and below, a field of an object in the response
        /// is named by its path, as `meta.list`.
        items: Option<Located<String>>,
        /// Each page names the next; the last one names none, or an empty one. Where the last item does, the last page is empty, if
        /// `more` does not say so.
        cursor: Option<CursorPaging>,
        /// Pages are numbered; the last one is empty, if `more`, `total` or `pages` does not say so.
        page_number: Option<NumberPaging>,
        /// Pages begin behind so many items; the last one is empty, if `more` or `total` does not say so.
        offset: Option<OffsetPaging>,
        /// The header `Link` has the address of the next page, with `rel="next"` (RFC 8288).
        link: Option<Located<bool>>,
        /// Field of the response that has the address of the next page; the last page has none, or an empty one.
        next_url: Option<Located<String>>,
        /// Name of the field of the response that says whether there is another page; there is none if it is absent.
        more: Option<Located<String>>,
        /// Name of the field of the response that says how many items there are on all pages.
        total: Option<Located<String>>,
        /// Name of the field of the response that says how many pages there are.
        pages: Option<Located<String>>,
    }
}

record! {
    /// Each page names the next. Exactly one of `from` and `from_last`.
    pub(crate) struct CursorPaging {
        /// Name of the field of the request that takes the cursor.
        place "in": Located<String>,
        /// Name of the field of the response that gives it.
        from: Option<Located<String>>,
        /// Name of the field of the last item that gives it, where the response itself has none.
        from_last: Option<Located<String>>,
    }
}

record! {
    /// Pages are numbered.
    pub(crate) struct NumberPaging {
        /// Name of the field of the request that takes the number.
        place "in": Located<String>,
        /// The number of the first page, which a request without a number is for.
        first: Located<i64>,
    }
}

record! {
    /// Pages begin behind so many items.
    pub(crate) struct OffsetPaging {
        /// Name of the field of the request that takes how many; 0 if it is not given.
        place "in": Located<String>,
    }
}
