//! Responses that are pages of one list: where the next one is, by what the last one says.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Endpoint;
use super::pairs;
use crate::error::PagingFault;
use crate::json::{self, Decoder};

/// An endpoint of which each response is a page of one list. `Client::pages` asks for one after the other.
///
/// A position is what a request takes a page by, as text: a cursor, the number of a page, an offset.
pub trait Paged: Endpoint + Clone {
    /// What the list is of.
    type Item;

    /// How one page leads to the next.
    const PAGING: Paging;

    /// The items of a page, in their order.
    fn items(page: Self::Response) -> Vec<Self::Item>;

    /// What a page says of itself and of the next one.
    fn mark(page: &Self::Response) -> PageMark;

    /// The position that the request is for, if it is for one.
    fn position(&self) -> Option<String> {
        None
    }

    /// Makes it the request for another position.
    ///
    /// # Errors
    ///
    /// When the request's field cannot hold the position, as a field for numbers cannot hold letters.
    fn seek(&mut self, _position: &str) -> Result<(), PagingFault> {
        Ok(())
    }
}

/// How one page leads to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Paging {
    pub turn: Turn,
    /// The fields of the response that say so, by their names on the wire. One of them that cannot be read is an error, for the end
    /// of the list would be no different.
    pub reads: &'static [&'static str],
}

impl Paging {
    /// By which way, and which fields say so.
    pub const fn new(turn: Turn, reads: &'static [&'static str]) -> Self {
        Self { turn, reads }
    }
}

/// What the position of the next page follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Turn {
    /// Each page, or its last item, names the next. The last one names none, a blank, or the number 0.
    Cursor,
    /// Pages are numbered.
    Number {
        /// The number of the first page, which a request without a number is for.
        first: u64,
    },
    /// Pages begin behind so many items.
    Offset,
    /// Each page's header `Link` has the address of the next, with `rel="next"` (RFC 8288).
    Link,
    /// A field of each page has the address of the next, absolute or relative to that of the page (RFC 3986). The last one has none.
    Url,
}

/// What a page says of itself and of the next one. Derived code fills it.
#[derive(Debug, Clone, Default)]
pub struct PageMark {
    /// How many items it has.
    items: u64,
    cursor: Option<String>,
    /// Whether the cursor is that of the last item, so that only a page without items has none.
    is_of_item: bool,
    more: Option<bool>,
    total: Option<u64>,
    pages: Option<u64>,
}

impl PageMark {
    /// A page with so many items.
    pub fn new(items: usize) -> Self {
        Self { items: u64::try_from(items).unwrap_or(u64::MAX), ..Self::default() }
    }

    /// The address of the next page, where that is what leads on.
    #[cfg(feature = "client")]
    pub(crate) fn next_url(&self) -> Option<&str> {
        self.cursor.as_deref()
    }

    /// How many items it has.
    pub(crate) fn items(&self) -> u64 {
        self.items
    }

    /// With a field that names the next page.
    pub fn cursor(mut self, value: &impl Serialize) -> Self {
        self.cursor = cursor(value);
        self
    }

    /// With a field of the last item that names the next page. Unless another field says that there is none, a page with items has one.
    pub fn last_item(mut self, value: Option<&impl Serialize>) -> Self {
        self.cursor = value.and_then(cursor);
        self.is_of_item = true;
        self
    }

    /// With a field that says whether there is another page; if it is absent, false or 0, there is none.
    pub fn more(mut self, value: &impl Serialize) -> Self {
        self.more = Some(!matches!(text(value).as_deref(), None | Some("false" | "0")));
        self
    }

    /// With a field that says how many items there are on all pages.
    pub fn total(mut self, value: &impl Serialize) -> Self {
        self.total = number(value);
        self
    }

    /// How many items there are, unless this page alone has more: then nobody has counted.
    fn counted(&self) -> Option<u64> {
        self.total.filter(|total| *total >= self.items)
    }

    /// With a field that says how many pages there are.
    pub fn pages(mut self, value: &impl Serialize) -> Self {
        self.pages = number(value);
        self
    }
}

/// How far the list has been read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Progress {
    /// How many items have been seen, if it was from the first page on.
    seen: Option<u64>,
}

impl Progress {
    /// Nothing has been seen of the list, which is read from the position of a request.
    pub(crate) fn at(turn: Turn, position: Option<&str>) -> Self {
        let is_first = match (turn, position) {
            (_, None) => true,
            (Turn::Number { first }, Some(position)) => position.parse() == Ok(first),
            _ => false,
        };
        Self { seen: is_first.then_some(0) }
    }

    /// The position of the page behind one, which is for `position`; nothing behind the last one.
    ///
    /// Not for `Link`, which the headers have, nor for `Url`: addresses are resolved by the client.
    pub(crate) fn next(
        &mut self,
        turn: Turn,
        position: Option<&str>,
        mark: &PageMark,
    ) -> Result<Option<String>, PagingFault> {
        let seen = self.seen.map(|seen| seen.saturating_add(mark.items));
        let next = match turn {
            Turn::Cursor => by_cursor(mark)?,
            Turn::Number { first } => {
                let page = parse(position, first)?;
                by_number(page, first, seen, mark)?.then(|| step(page, 1)).transpose()?
            }
            Turn::Offset => {
                let offset = parse(position, 0)?;
                by_offset(step(offset, mark.items)?, mark)?
            }
            Turn::Link | Turn::Url => None,
        };
        self.seen = seen;
        Ok(next.map(|next| next.to_string()))
    }
}

/// The cursor, if there is more.
fn by_cursor(mark: &PageMark) -> Result<Option<Text>, PagingFault> {
    let cursor = mark.cursor.clone().map(Text::Cursor);
    let is_lost = mark.more == Some(true) || (mark.is_of_item && mark.items > 0);
    match (mark.more, cursor) {
        (Some(false), _) => Ok(None),
        (_, None) if is_lost => Err(PagingFault::NoCursor),
        (_, cursor) => Ok(cursor),
    }
}

/// Whether there is a page behind this one.
fn by_number(
    page: u64,
    first: u64,
    seen: Option<u64>,
    mark: &PageMark,
) -> Result<bool, PagingFault> {
    if let Some(more) = mark.more {
        return Ok(more);
    }
    let so_far = page.saturating_sub(first).saturating_add(1);
    if let Some(pages) = mark.pages.filter(|pages| mark.items == 0 || so_far <= *pages) {
        return Ok(so_far < pages);
    }
    match (mark.counted(), seen) {
        (Some(total), Some(seen)) if seen >= total => Ok(false),
        (Some(total), Some(seen)) if mark.items == 0 => Err(PagingFault::Short { total, seen }),
        _ => Ok(mark.items > 0),
    }
}

/// The next offset, if there is more.
fn by_offset(next: Text, mark: &PageMark) -> Result<Option<Text>, PagingFault> {
    let Text::Number(seen) = next else { return Ok(None) };
    let is_last = match (mark.more, mark.counted()) {
        (Some(more), _) => !more,
        (None, Some(total)) if seen >= total => true,
        (None, Some(total)) if mark.items == 0 => return Err(PagingFault::Short { total, seen }),
        (None, Some(_)) => false,
        (None, None) => mark.items == 0,
    };
    match is_last {
        true => Ok(None),
        // The same page would come again, and again.
        false if mark.items == 0 => Err(PagingFault::Repeated),
        false => Ok(Some(next)),
    }
}

/// A position.
enum Text {
    Cursor(String),
    Number(u64),
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Cursor(cursor) => f.write_str(cursor),
            Self::Number(number) => number.fmt(f),
        }
    }
}

fn parse(position: Option<&str>, first: u64) -> Result<u64, PagingFault> {
    position.map_or(Ok(first), |text| text.parse().map_err(|_| PagingFault::Position))
}

fn step(from: u64, by: u64) -> Result<Text, PagingFault> {
    from.checked_add(by).map(Text::Number).ok_or(PagingFault::Position)
}

/// The position that a field of a request has; for derived code.
#[doc(hidden)]
pub fn position_of(field: &impl Serialize) -> Option<String> {
    text(field).filter(|text| !text.is_empty())
}

/// Puts a position into a field of a request; for derived code.
#[doc(hidden)]
pub fn seek<T: DeserializeOwned>(field: &mut T, position: &str) -> Result<(), PagingFault> {
    let json = json::to_string(position).map_err(|_| PagingFault::Position)?;
    *field = json::from_str(&json).map_err(|_| PagingFault::Position)?;
    Ok(())
}

/// A list of items, which may be absent; for derived code.
#[doc(hidden)]
pub trait PageItems {
    type Item;

    fn into_items(self) -> Vec<Self::Item>;

    fn count(&self) -> usize;

    fn last(&self) -> Option<&Self::Item>;
}

impl<T> PageItems for Vec<T> {
    type Item = T;

    fn into_items(self) -> Vec<T> {
        self
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn last(&self) -> Option<&T> {
        <[T]>::last(self)
    }
}

impl<L: PageItems> PageItems for Option<L> {
    type Item = L::Item;

    fn into_items(self) -> Vec<L::Item> {
        self.map(L::into_items).unwrap_or_default()
    }

    fn count(&self) -> usize {
        self.as_ref().map_or(0, L::count)
    }

    fn last(&self) -> Option<&L::Item> {
        self.as_ref().and_then(L::last)
    }
}

/// A single value as text.
fn text(value: &impl Serialize) -> Option<String> {
    let json = json::to_string(value).ok()?;
    pairs::text(&mut Decoder::of(&json)).ok().filter(|_| json != "null")
}

/// The position that a field names. A blank names none, nor does the number 0, with which a list begins.
fn cursor(value: &impl Serialize) -> Option<String> {
    let is_start = json::to_string(value).is_ok_and(|json| json == "0");
    text(value).filter(|text| !is_start && !text.trim().is_empty())
}

fn number(value: &impl Serialize) -> Option<u64> {
    text(value)?.parse().ok()
}
