//! The pages of a list, one after the other. Only one is held at a time.

use std::collections::HashSet;
use std::fmt;
use std::future::poll_fn;
use std::hash::{BuildHasher, RandomState};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, Uri};

use super::{BoxFuture, CallOptions, Client, link};
use crate::endpoint::{AnyRequest, Endpoint, PageMark, Paged, Paging, Progress, Turn, draft};
use crate::envelope::Reply;
use crate::error::{Error, PageError, PagingError, PagingFault};
use crate::fault::behind;

/// A page, or why there is none.
type Page<R> = Result<Reply<<R as Endpoint>::Response>, PageError<<R as Endpoint>::Error>>;

type Answer<R> = Result<Reply<<R as Endpoint>::Response>, Error<<R as Endpoint>::Error>>;

/// The pages of a list, each a whole [`Reply`]: a [`Stream`], and `next().await` without one.
///
/// Each page is a call like any other, with its token, its attempts and its place under the rate limits. An error ends
/// nothing: the position stays, and whoever asks again asks for the same page. So a loop that only logs errors may not
/// end; one that returns the first, as with `?`, does. A page that promises more and does not say where is handed over before the
/// error, [`PagingFault::NoCursor`]; if it is asked for again, it comes a second time only if it has more items by then, and of those
/// [`Items`] gives the new ones.
///
/// ```no_run
/// # use apiscribe::Client;
/// # use apiscribe::endpoint::Paged;
/// # use apiscribe::error::PageError;
/// # async fn read<R: Paged<Item: std::fmt::Debug> + Send + Sync + 'static>(client: Client, request: R) -> Result<(), PageError<R::Error>> {
/// let mut items = client.pages(&request).max_pages(100).items();
/// while let Some(item) = items.next().await {
///     println!("{:?}", item?);
/// }
/// # Ok(())
/// # }
/// ```
pub struct Pages<R: Paged> {
    client: Client,
    request: R,
    options: CallOptions,
    course: Course,
    /// The call for the page, which goes on where it was when whoever waited for it gave up.
    in_flight: Option<BoxFuture<'static, Answer<R>>>,
    /// How many items of the page that came last had come before.
    repeated: u64,
}

impl Client {
    /// The pages of a list, from the one that the request is for.
    pub fn pages<R: Paged>(&self, request: &R) -> Pages<R> {
        self.pages_with(request, CallOptions::new())
    }

    /// The pages of a list, each called for otherwise than the client is set up to.
    pub fn pages_with<R: Paged>(&self, request: &R, options: CallOptions) -> Pages<R> {
        Pages {
            client: self.clone(),
            request: request.clone(),
            options,
            course: Course::new(R::META.name, R::META.envelope.data, R::PAGING, request.position()),
            in_flight: None,
            repeated: 0,
        }
    }

    /// The address of a request, if it has one.
    fn address(&self, request: &dyn AnyRequest) -> Option<Uri> {
        let base_url = self.setup.base_urls.of(request.meta().host).ok()?;
        draft(request, &base_url).ok().map(|(draft, _)| draft.uri().clone())
    }
}

impl<R: Paged> Pages<R> {
    /// Reads so many pages at the most. If there are more, the next one is an error, [`PagingFault::Limit`].
    #[must_use]
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.course.limit = Some(pages);
        self
    }

    /// Begins at a position that [`Pages::position`] gave, perhaps in another process.
    #[must_use]
    pub fn starting_at(mut self, position: impl Into<String>) -> Self {
        self.course = Course { limit: self.course.limit, ..self.course.restarted(position.into()) };
        self.in_flight = None;
        self
    }

    /// The position of the page that is asked for next: a cursor, a number, an offset, or an address. `None` at the start of
    /// a list that is read from its beginning, and after its end.
    pub fn position(&self) -> Option<&str> {
        self.course.position.as_deref().filter(|_| !self.course.is_over)
    }

    /// Whether the last page has come.
    pub fn is_over(&self) -> bool {
        self.course.is_over
    }

    /// The items of the pages, one after the other.
    pub fn items(self) -> Items<R> {
        Items { pages: self, items: Vec::new().into_iter() }
    }
}

impl<R: Paged + Send + Sync + 'static> Pages<R> {
    /// The next page; `None` after the last one. If the future is dropped, the call goes on with the next one.
    ///
    /// # Errors
    ///
    /// [`PageError`] says why there is no page. The next call asks for the same one again.
    pub async fn next(&mut self) -> Option<Page<R>> {
        poll_fn(|cx| self.poll_page(cx)).await
    }

    fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Option<Page<R>>> {
        loop {
            if let Some(error) = self.course.held.take() {
                return Poll::Ready(Some(Err(PageError::Paging(error))));
            }
            if self.course.is_over {
                return Poll::Ready(None);
            }
            let mut call = match self.in_flight.take() {
                Some(call) => call,
                None => match self.ask() {
                    Ok(call) => call,
                    Err(fault) => {
                        let error = self.course.error(fault, None, HeaderMap::new(), Bytes::new());
                        return Poll::Ready(Some(Err(PageError::Paging(error))));
                    }
                },
            };
            let Poll::Ready(answer) = call.as_mut().poll(cx) else {
                self.in_flight = Some(call);
                return Poll::Pending;
            };
            if let Some(page) = self.receive(answer) {
                return Poll::Ready(Some(page));
            }
        }
    }

    fn ask(&mut self) -> Result<BoxFuture<'static, Answer<R>>, PagingFault> {
        self.course.check_limit()?;
        let mut options = self.options.clone();
        match (self.course.paging.turn, &self.course.position) {
            (Turn::Link | Turn::Url, _) => {
                let first = self.client.address(&self.request);
                options.target = self.course.target(first)?.map(Box::new);
            }
            (_, Some(position)) => self.request.seek(position)?,
            (_, None) => {}
        }
        let (client, request) = (self.client.clone(), self.request.clone());
        Ok(Box::pin(async move { client.call_with(&request, options).await }))
    }

    /// The page, or why there is none; nothing if all that it has was handed over before.
    fn receive(&mut self, answer: Answer<R>) -> Option<Page<R>> {
        let reply = match answer {
            Ok(reply) => reply,
            Err(error) => return Some(Err(PageError::Call(error))),
        };
        let (mark, before) = (R::mark(&reply), self.course.handed_over);
        let is_news = before.is_none_or(|items| mark.items() > items);
        self.repeated = before.unwrap_or_default();
        let turned = self.course.turn(&mark, reply.unread(), reply.headers());
        let Err(fault) = turned else { return is_news.then_some(Ok(reply)) };
        let is_whole = fault == PagingFault::NoCursor;
        let log_id = reply.log_id().map(str::to_owned);
        let (headers, body) = (reply.headers().clone(), reply.raw_body().clone());
        let error = self.course.error(fault, log_id, headers, body);
        if is_whole && is_news {
            self.course.hold(error, mark.items());
            return Some(Ok(reply));
        }
        Some(Err(PageError::Paging(error)))
    }
}

impl<R: Paged + Send + Sync + 'static> Stream for Pages<R>
where
    Self: Unpin,
{
    type Item = Page<R>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Page<R>>> {
        self.poll_page(cx)
    }
}

impl<R: Paged> fmt::Debug for Pages<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("endpoint", &self.course.endpoint)
            .field("read", &self.course.read)
            .field("is_over", &self.course.is_over)
            .finish_non_exhaustive()
    }
}

/// The items of a list, page by page: a [`Stream`], and `next().await` without one.
pub struct Items<R: Paged> {
    pages: Pages<R>,
    /// Those of the page that came last.
    items: std::vec::IntoIter<R::Item>,
}

/// An item, or why there is no further page.
type Item<R> = Result<<R as Paged>::Item, PageError<<R as Endpoint>::Error>>;

impl<R: Paged + Send + Sync + 'static> Items<R> {
    /// The next item; `None` after the last one of the last page.
    ///
    /// # Errors
    ///
    /// As [`Pages::next`]: the next call asks for the same page again.
    pub async fn next(&mut self) -> Option<Item<R>> {
        poll_fn(|cx| self.poll_item(cx)).await
    }

    /// The pages that the items are of. Those of the page that came last may not all have been taken.
    pub fn pages(&self) -> &Pages<R> {
        &self.pages
    }

    /// Goes on with the items of a page that have not come before.
    fn take_up(&mut self, page: R::Response) {
        let mut items = R::items(page);
        let repeated = usize::try_from(self.pages.repeated).unwrap_or(usize::MAX);
        items.drain(..repeated.min(items.len()));
        self.items = items.into_iter();
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Item<R>>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll_page(cx)) {
                Some(Ok(page)) => self.take_up(page.into_data()),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<R: Paged + Send + Sync + 'static> Stream for Items<R>
where
    Self: Unpin,
{
    type Item = Item<R>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Item<R>>> {
        self.poll_item(cx)
    }
}

impl<R: Paged> fmt::Debug for Items<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("pages", &self.pages).finish_non_exhaustive()
    }
}

/// How far a list has been read. Nothing here depends on the endpoint's types.
struct Course {
    endpoint: &'static str,
    /// Place of the data in the response.
    data: &'static str,
    paging: Paging,
    /// Of the page that is asked for next.
    position: Option<String>,
    /// The address of that page, where that is what a position is.
    address: Option<Uri>,
    /// The positions so far, by their hashes: none comes twice.
    visited: HashSet<u64>,
    hasher: RandomState,
    progress: Progress,
    /// Pages that have come.
    read: u64,
    limit: Option<u64>,
    is_over: bool,
    /// How many items of the page at `position` have been handed over, if it has been although it does not lead to the next.
    handed_over: Option<u64>,
    /// Why it does not, which is said after it.
    held: Option<Box<PagingError>>,
}

impl Course {
    fn new(
        endpoint: &'static str,
        data: &'static str,
        paging: Paging,
        position: Option<String>,
    ) -> Self {
        Self {
            endpoint,
            data,
            paging,
            progress: Progress::at(paging.turn, position.as_deref()),
            position,
            address: None,
            visited: HashSet::new(),
            hasher: RandomState::new(),
            read: 0,
            limit: None,
            is_over: false,
            handed_over: None,
            held: None,
        }
    }

    fn restarted(&self, position: String) -> Self {
        Self::new(self.endpoint, self.data, self.paging, Some(position))
    }

    fn check_limit(&self) -> Result<(), PagingFault> {
        match self.limit {
            Some(pages) if self.read >= pages => Err(PagingFault::Limit { pages }),
            _ => Ok(()),
        }
    }

    /// The address to call, if it is not the request's own.
    fn target(&mut self, first: Option<Uri>) -> Result<Option<Uri>, PagingFault> {
        let target = match (&self.position, &first) {
            (Some(position), Some(first)) => Some(link::resolve(position, first)?),
            _ => None,
        };
        self.address = target.clone().or(first);
        Ok(target)
    }

    /// Goes on to the page behind the one that has come, or stays where it is.
    fn turn(
        &mut self,
        mark: &PageMark,
        unread: &[String],
        headers: &HeaderMap,
    ) -> Result<(), PagingFault> {
        self.check_read(unread)?;
        let mut progress = self.progress.clone();
        let next = match (self.paging.turn, &self.address) {
            (Turn::Link, Some(address)) => {
                link::next(headers, address)?.map(|next| next.to_string())
            }
            (Turn::Url, Some(address)) => {
                let next = mark.next_url().map(|next| link::resolve(next, address));
                next.transpose()?.map(|next| next.to_string())
            }
            (turn, _) => progress.next(turn, self.position.as_deref(), mark)?,
        };
        let here = self.own_position();
        if let Some(next) = &next {
            let next = self.hasher.hash_one(next.as_str());
            if self.visited.contains(&next) || here == Some(next) {
                return Err(PagingFault::Repeated);
            }
        }
        self.visited.extend(here);
        self.progress = progress;
        self.read = self.read.saturating_add(1);
        self.is_over = next.is_none();
        self.handed_over = None;
        self.position = next;
        Ok(())
    }

    /// The hash of the position of the page that has come.
    fn own_position(&self) -> Option<u64> {
        let address = self.address.as_ref().map(Uri::to_string);
        let position = address.as_deref().or(self.position.as_deref())?;
        Some(self.hasher.hash_one(position))
    }

    /// What a page says of the next one was read, if it came. An object that could not be read has all that is in it.
    fn check_read(&self, unread: &[String]) -> Result<(), PagingFault> {
        if unread.is_empty() {
            return Ok(());
        }
        let place = |name: &&str| match self.data {
            "" => (*name).to_owned(),
            data => format!("{data}.{name}"),
        };
        let places: Vec<String> = self.paging.reads.iter().map(place).collect();
        let is_on_the_way =
            |path: &&String| places.iter().any(|place| behind(place, path).is_some());
        match unread.iter().find(is_on_the_way) {
            Some(path) => Err(PagingFault::Unread { path: path.clone() }),
            None => Ok(()),
        }
    }

    /// Says that the page at this position, which is handed over with so many items, leads nowhere.
    fn hold(&mut self, error: Box<PagingError>, items: u64) {
        self.handed_over = Some(items);
        self.held = Some(error);
    }

    fn error(
        &self,
        fault: PagingFault,
        log_id: Option<String>,
        headers: HeaderMap,
        body: Bytes,
    ) -> Box<PagingError> {
        let endpoint = self.endpoint;
        Box::new(PagingError { endpoint, fault, log_id, headers, body })
    }
}
