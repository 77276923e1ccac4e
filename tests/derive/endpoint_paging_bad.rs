//! `paging` names a way to the next page, and fields that are there.
use apiscribe::meta::{Envelope, Host};
use apiscribe::{Decode, Request};

const HOST: Host =
    Host { name: "h", production: "https://a.example.com", sandbox: None, development: None };
const PLAIN: Envelope = Envelope::new("plain");

#[derive(Decode)]
struct Page {
    list: Vec<i64>,
    next: Option<String>,
}

#[derive(Clone, Request)]
#[endpoint(GET "/a", name = "a", host = HOST, envelope = PLAIN, response = Page)]
#[endpoint(paging(item = i64, items = list))]
struct NoWay {}

#[derive(Clone, Request)]
#[endpoint(GET "/b", name = "b", host = HOST, envelope = PLAIN, response = Page)]
#[endpoint(paging(item = i64, items = list, link, offset(in = at)))]
struct TwoWays {
    #[wire(skip)]
    #[endpoint(query)]
    at: Option<i64>,
}

#[derive(Clone, Request)]
#[endpoint(GET "/c", name = "c", host = HOST, envelope = PLAIN, response = Page)]
#[endpoint(paging(item = i64, items = list, cursor(in = cursr, from = next)))]
struct UnknownField {
    #[wire(skip)]
    #[endpoint(query)]
    cursor: Option<String>,
}

#[derive(Clone, Request)]
#[endpoint(GET "/d", name = "d", host = HOST, envelope = PLAIN, response = Page)]
#[endpoint(paging(item = i64, items = list, number(in = page, first = -1), last = next))]
struct NumberBelowZero {
    #[wire(skip)]
    #[endpoint(query)]
    page: i64,
}

#[derive(Clone, Request)]
#[endpoint(GET "/e", name = "e", host = HOST, envelope = PLAIN, response = Page)]
#[endpoint(paging(item = i64, items = list, cursor(in = at, last = id)))]
struct CursorOfNothing {
    #[wire(skip)]
    #[endpoint(query)]
    at: Option<String>,
}

#[derive(Clone, Request)]
#[endpoint(GET "/f", name = "f", host = HOST, envelope = PLAIN, response = Page)]
#[endpoint(paging(item = i64, items = list, cursor(in = at, from_last = id)))]
struct ItemWithoutTheField {
    #[wire(skip)]
    #[endpoint(query)]
    at: Option<String>,
}

#[derive(Clone, Request)]
#[endpoint(GET "/g", name = "g", host = HOST, envelope = PLAIN, response = Page)]
#[endpoint(paging(item = i64, items = list, cursor(in = at, from = next?)))]
struct PathWithoutAnEnd {
    #[wire(skip)]
    #[endpoint(query)]
    at: Option<String>,
}

fn main() {}
