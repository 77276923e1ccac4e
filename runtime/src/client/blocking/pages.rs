//! The pages of a list as iterators.

use super::Client;
use crate::client::{self, CallOptions};
use crate::endpoint::{Endpoint, Paged};
use crate::envelope::Reply;
use crate::error::{Error, PageError, RequestError};

impl Client {
    /// The pages of a list, from the one that the request is for.
    pub fn pages<R: Paged>(&self, request: &R) -> Pages<R> {
        self.pages_with(request, CallOptions::new())
    }

    /// The pages of a list, each called for otherwise than the client is set up to.
    pub fn pages_with<R: Paged>(&self, request: &R, options: CallOptions) -> Pages<R> {
        Pages { client: self.clone(), pages: self.client.pages_with(request, options) }
    }

    fn wait<T, E>(
        &self,
        next: impl Future<Output = Option<Result<T, PageError<E>>>>,
    ) -> Option<Result<T, PageError<E>>> {
        match self.driver.runtime() {
            Some(runtime) => runtime.block_on(next),
            None => Some(Err(Error::Request(RequestError::BlockingInRuntime).into())),
        }
    }
}

/// The pages of a list, one after the other, as [`apiscribe::client::Pages`](client::Pages).
#[derive(Debug)]
pub struct Pages<R: Paged> {
    client: Client,
    pages: client::Pages<R>,
}

impl<R: Paged> Pages<R> {
    /// As [`apiscribe::client::Pages::max_pages`](client::Pages::max_pages).
    #[must_use]
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.pages = self.pages.max_pages(pages);
        self
    }

    /// As [`apiscribe::client::Pages::starting_at`](client::Pages::starting_at).
    #[must_use]
    pub fn starting_at(mut self, position: impl Into<String>) -> Self {
        self.pages = self.pages.starting_at(position);
        self
    }

    /// As [`apiscribe::client::Pages::position`](client::Pages::position).
    pub fn position(&self) -> Option<&str> {
        self.pages.position()
    }

    /// Whether the last page has come.
    pub fn is_over(&self) -> bool {
        self.pages.is_over()
    }

    /// The items of the pages, one after the other.
    pub fn items(self) -> Items<R> {
        Items { client: self.client, items: self.pages.items() }
    }
}

impl<R: Paged + Send + Sync + 'static> Iterator for Pages<R> {
    type Item = Result<Reply<R::Response>, PageError<R::Error>>;

    /// After an error, the same page is asked for again.
    fn next(&mut self) -> Option<Self::Item> {
        self.client.wait(self.pages.next())
    }
}

/// The items of a list, page by page.
#[derive(Debug)]
pub struct Items<R: Paged> {
    client: Client,
    items: client::Items<R>,
}

impl<R: Paged + Send + Sync + 'static> Iterator for Items<R> {
    type Item = Result<R::Item, PageError<<R as Endpoint>::Error>>;

    /// After an error, the same page is asked for again.
    fn next(&mut self) -> Option<Self::Item> {
        self.client.wait(self.items.next())
    }
}
