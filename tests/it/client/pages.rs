//! Lists that come page by page, from servers that do not always mean well.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use apiscribe::client::{CallOptions, RetryPolicy};
use apiscribe::error::{PageError, PagingFault, RequestError};
use apiscribe::meta::{Auth, Envelope, TokenPlace};
use apiscribe::{Decode, Encode, Endpoint, Error, Reply, Validate};

use futures_core::Stream;

use super::server::{Answer, Server, response, response_with};
use super::types::{BASIC, OPEN, TOKEN};

/// A list by cursor.
#[derive(Debug, Clone, PartialEq, Default, Encode, Validate, Endpoint)]
#[endpoint(POST "/orders/", name = "orders", host = OPEN, auth = TOKEN, envelope = BASIC, safe)]
#[endpoint(response = Orders)]
#[endpoint(paging(item = i64, items = list, cursor(in = cursor, from = next), more = more, reads("list", "nextCursor", "has_more")))]
struct ByCursor {
    #[wire(optional)]
    #[validate(bytes(max = 8))]
    cursor: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Decode)]
struct Orders {
    list: Vec<i64>,
    #[wire(name = "nextCursor", optional)]
    next: Option<String>,
    #[wire(name = "has_more", optional)]
    more: Option<bool>,
}

/// The same without a word on whether there is more, and a cursor that is a number.
#[derive(Debug, Clone, PartialEq, Default, Encode, Validate, Endpoint)]
#[endpoint(GET "/events/", name = "events", host = OPEN, auth = TOKEN, envelope = BASIC)]
#[endpoint(response = Events, paging(item = i64, items = list, cursor(in = cursor, from = next)))]
struct ByNumericCursor {
    #[wire(skip)]
    #[endpoint(query)]
    cursor: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Decode)]
struct Events {
    list: Option<Vec<i64>>,
    next: Option<i64>,
}

/// A list and its cursor in objects of the page.
#[derive(Debug, Clone, PartialEq, Default, Encode, Validate, Endpoint)]
#[endpoint(GET "/nested/", name = "nested", host = OPEN, auth = TOKEN, envelope = BASIC)]
#[endpoint(response = Outer)]
#[endpoint(paging(item = i64, items = result?.list, cursor(in = cursor, from = meta?.next)))]
struct Nested {
    #[wire(skip)]
    #[endpoint(query)]
    cursor: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Decode)]
struct Outer {
    #[wire(optional)]
    result: Option<Inner>,
    #[wire(optional)]
    meta: Option<Meta>,
}

#[derive(Debug, Clone, PartialEq, Decode)]
struct Inner {
    list: Vec<i64>,
}

#[derive(Debug, Clone, PartialEq, Decode)]
struct Meta {
    #[wire(optional)]
    next: Option<String>,
}

/// Fields whose names are shown in quotes where they stand in a path.
const MARKED: Envelope = Envelope::new("marked").data("@data");

#[derive(Debug, Clone, PartialEq, Default, Encode, Validate, Endpoint)]
#[endpoint(GET "/users/", name = "users", host = OPEN, auth = TOKEN, envelope = MARKED)]
#[endpoint(response = Users)]
#[endpoint(paging(item = i64, items = list, cursor(in = cursor, from = next), more = more, reads("@list", "odata.nextLink", "more?")))]
struct Marked {
    #[wire(skip)]
    #[endpoint(query)]
    cursor: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Decode)]
struct Users {
    #[wire(name = "@list", optional)]
    list: Option<Vec<i64>>,
    #[wire(name = "odata.nextLink", optional)]
    next: Option<String>,
    #[wire(name = "more?", optional)]
    more: Option<bool>,
    #[wire(name = "@count", optional)]
    count: Option<i64>,
}

/// A list that goes on behind the last item, whose id is the cursor.
#[derive(Debug, Clone, PartialEq, Default, Encode, Validate, Endpoint)]
#[endpoint(GET "/refunds/", name = "refunds", host = OPEN, auth = TOKEN, envelope = BASIC)]
#[endpoint(response = Refunds)]
#[endpoint(paging(item = Refund, items = list, cursor(in = after, from_last = id)))]
struct ByLastItem {
    #[wire(skip)]
    #[endpoint(query)]
    after: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Decode)]
struct Refunds {
    list: Option<Vec<Refund>>,
}

#[derive(Debug, Clone, PartialEq, Decode)]
struct Refund {
    #[wire(optional)]
    id: Option<String>,
}

/// The same with a field that says whether there is more.
#[derive(Debug, Clone, PartialEq, Default, Encode, Validate, Endpoint)]
#[endpoint(GET "/disputes/", name = "disputes", host = OPEN, auth = TOKEN, envelope = BASIC)]
#[endpoint(response = Disputes)]
#[endpoint(paging(item = Refund, items = list, cursor(in = after, from_last = id), more = more))]
struct ByLastItemWhileThereIsMore {
    #[wire(skip)]
    #[endpoint(query)]
    after: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Decode)]
struct Disputes {
    list: Vec<Refund>,
    more: Option<bool>,
}

/// A list by the number of the page.
#[derive(Debug, Clone, PartialEq, Encode, Validate, Endpoint)]
#[endpoint(GET "/bills/", name = "bills", host = OPEN, auth = TOKEN, envelope = BASIC)]
#[endpoint(response = Bills, paging(item = i64, items = list, number(in = page, first = 1), total = total))]
struct ByNumber {
    #[wire(skip)]
    #[endpoint(query)]
    page: i64,
}

/// A list by offset.
#[derive(Debug, Clone, PartialEq, Default, Encode, Validate, Endpoint)]
#[endpoint(GET "/rows/", name = "rows", host = OPEN, auth = TOKEN, envelope = BASIC)]
#[endpoint(response = Bills, paging(item = i64, items = list, offset(in = offset), total = total))]
struct ByOffset {
    #[wire(skip)]
    #[endpoint(query)]
    offset: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Decode)]
struct Bills {
    list: Vec<i64>,
    total: Option<i64>,
}

/// A list by the number of the page, of so many.
#[derive(Debug, Clone, PartialEq, Encode, Validate, Endpoint)]
#[endpoint(GET "/files/", name = "files", host = OPEN, auth = TOKEN, envelope = BASIC)]
#[endpoint(response = Counted, paging(item = i64, items = list, number(in = page, first = 1), pages = pages))]
struct ByCount {
    #[wire(skip)]
    #[endpoint(query)]
    page: i64,
}

#[derive(Debug, Clone, PartialEq, Decode)]
struct Counted {
    list: Vec<i64>,
    pages: Option<i64>,
}

/// A list with a number that says whether there is more.
#[derive(Debug, Clone, PartialEq, Default, Encode, Validate, Endpoint)]
#[endpoint(GET "/notes/", name = "notes", host = OPEN, auth = TOKEN, envelope = BASIC)]
#[endpoint(response = Notes)]
#[endpoint(paging(item = i64, items = list, cursor(in = cursor, from = next), more = left))]
struct WhileLeft {
    #[wire(skip)]
    #[endpoint(query)]
    cursor: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Decode)]
struct Notes {
    list: Vec<i64>,
    next: Option<String>,
    left: Option<i64>,
}

const BARE: Envelope = Envelope::new("bare");

/// A bare list by links.
#[derive(Debug, Clone, PartialEq, Encode, Validate, Endpoint)]
#[endpoint(GET "/issues/{repo}", name = "issues", host = OPEN, auth = TOKEN, envelope = BARE)]
#[endpoint(response = Vec<i64>, paging(item = i64, link))]
struct ByLink {
    #[wire(skip)]
    #[endpoint(path)]
    repo: String,
}

const QUERY_TOKEN: Auth = Auth::at("token", TokenPlace::query("access_token"));

/// The same with its token in the query.
#[derive(Debug, Clone, PartialEq, Encode, Validate, Endpoint)]
#[endpoint(GET "/feed/", name = "feed", host = OPEN, auth = QUERY_TOKEN, envelope = BARE)]
#[endpoint(response = Vec<i64>, paging(item = i64, link))]
struct Feed {}

/// A list of which each page has the address of the next.
#[derive(Debug, Clone, PartialEq, Encode, Validate, Endpoint)]
#[endpoint(GET "/transfers/all", name = "transfers", host = OPEN, auth = TOKEN, envelope = BARE)]
#[endpoint(response = Transfers)]
#[endpoint(paging(item = i64, items = list, next_url = links?.next))]
struct ByAddress {}

#[derive(Debug, Clone, PartialEq, Decode)]
struct Transfers {
    list: Vec<i64>,
    links: Option<TransferLinks>,
}

#[derive(Debug, Clone, PartialEq, Decode)]
struct TransferLinks {
    next: Option<String>,
}

fn leading(next: &str, list: &str) -> Answer {
    Answer::Close(response(200, &format!(r#"{{"list":{list},"links":{{"next":{next}}}}}"#)))
}

fn data(data: &str) -> Answer {
    Answer::Close(response(200, &format!(r#"{{"err_no":0,"data":{data}}}"#)))
}

fn linked(link: &str, body: &str) -> Answer {
    Answer::Close(response_with(200, &format!("link: {link}\r\n"), body))
}

/// The requests' bodies, or what they ask for by GET.
fn asked(server: &Server) -> Vec<String> {
    let requests = server.requests();
    let asked = requests.iter().map(|request| match request.strip_prefix("GET ") {
        Some(rest) => rest.split(' ').next().unwrap_or_default().to_owned(),
        None => request.split("\r\n\r\n").nth(1).unwrap_or_default().to_owned(),
    });
    asked.collect()
}

fn list<T, E>(page: Result<Reply<T>, PageError<E>>, of: impl Fn(&T) -> &[i64]) -> Vec<i64>
where
    PageError<E>: std::fmt::Debug,
{
    of(&page.unwrap().into_data()).to_vec()
}

fn fault<T, E>(page: Option<Result<T, PageError<E>>>) -> PagingFault {
    match page {
        Some(Err(PageError::Paging(error))) => error.fault,
        Some(Err(_)) => panic!("the call failed"),
        Some(Ok(_)) => panic!("there is a page"),
        None => panic!("the list is over"),
    }
}

#[tokio::test]
async fn a_cursor_leads_from_page_to_page_until_there_is_no_more() {
    let server = Server::series(&[
        data(r#"{"list":[1,2],"nextCursor":"a","has_more":true}"#),
        data(r#"{"list":[],"nextCursor":"b","has_more":true}"#),
        data(r#"{"list":[3],"nextCursor":"c","has_more":false}"#),
    ]);
    let mut pages = server.client().pages(&ByCursor::default());
    assert_eq!((pages.position(), pages.is_over()), (None, false));
    assert_eq!(list(pages.next().await.unwrap(), |page| &page.list), [1, 2]);
    assert_eq!(pages.position(), Some("a"));
    // An empty page in the middle is no end.
    assert_eq!(list(pages.next().await.unwrap(), |page| &page.list), [0_i64; 0]);
    assert_eq!(list(pages.next().await.unwrap(), |page| &page.list), [3]);
    assert!(pages.is_over() && pages.position().is_none());
    assert!(pages.next().await.is_none() && pages.next().await.is_none());
    assert_eq!(asked(&server), ["{}", r#"{"cursor":"a"}"#, r#"{"cursor":"b"}"#]);
    assert!(server.requests().iter().all(|request| request.contains("access-token: clt.secret")));
}

#[tokio::test]
async fn a_page_is_a_whole_reply_and_items_are_flattened() {
    let server = Server::series(&[data(r#"{"list":[1,2],"next":7}"#), data(r#"{"list":null}"#)]);
    let client = server.client();
    let page = client.pages(&ByNumericCursor::default()).next().await.unwrap().unwrap();
    assert_eq!((page.http_status().as_u16(), page.raw_body().len()), (200, 43));

    let server = Server::series(&[data(r#"{"list":[1,2],"next":"7"}"#), data(r#"{"list":[3]}"#)]);
    let mut items = server.client().pages(&ByNumericCursor::default()).items();
    let mut read = Vec::new();
    while let Some(item) = items.next().await {
        read.push(item.unwrap());
    }
    assert_eq!(read, [1, 2, 3]);
    assert_eq!(asked(&server), ["/events/", "/events/?cursor=7"]);
}

#[tokio::test]
async fn the_same_cursor_twice_is_an_error_and_no_endless_loop() {
    let page =
        |cursor: &str| data(&format!(r#"{{"list":[1],"nextCursor":"{cursor}","has_more":true}}"#));
    let server = Server::series(&[page("a"), page("b"), page("a")]);
    let mut pages = server.client().pages(&ByCursor::default());
    pages.next().await.unwrap().unwrap();
    pages.next().await.unwrap().unwrap();
    // The page came, and is not lost: it is in the error.
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!(error.fault(), Some(&PagingFault::Repeated));
    let text = error.to_string();
    assert_eq!(text, "orders: the page leads to one that has been read already");
    let PageError::Paging(error) = error else { panic!("{text}") };
    assert!(error.body.starts_with(br#"{"err_no":0,"data":{"list":[1]"#));
    // The position stays.
    assert_eq!((pages.position(), pages.is_over()), (Some("b"), false));
    assert_eq!(fault(pages.next().await), PagingFault::Repeated);

    let server = Server::series(&[page("a")]);
    let mut pages = server.client().pages(&ByCursor { cursor: Some("a".to_owned()) });
    assert_eq!(fault(pages.next().await), PagingFault::Repeated);
}

#[tokio::test]
async fn what_leads_on_and_cannot_be_read_is_an_error_and_no_end() {
    for (page, path) in [
        (r#"{"list":[1],"nextCursor":{"at":1},"has_more":true}"#, "data.nextCursor"),
        (r#"{"list":[1],"nextCursor":["a"]}"#, "data.nextCursor"),
        (r#"{"list":[1],"nextCursor":"a","has_more":"perhaps"}"#, "data.has_more"),
        (r#"{"list":"none","nextCursor":"a","has_more":true}"#, "data.list"),
    ] {
        let server = Server::series(&[data(page)]);
        let mut pages = server.client().pages(&ByCursor::default());
        let path = path.to_owned();
        assert_eq!(fault(pages.next().await), PagingFault::Unread { path }, "{page}");
        assert!(!pages.is_over());
    }
}

#[tokio::test]
async fn names_that_a_path_shows_in_quotes_are_found_in_it() {
    for (page, path) in [
        (r#"{"@list":[1],"odata.nextLink":{"at":1}}"#, r#"["@data"]["odata.nextLink"]"#),
        (r#"{"@list":[1],"odata.nextLink":"a","more?":"perhaps"}"#, r#"["@data"]["more?"]"#),
        (r#"{"@list":"none","odata.nextLink":"a"}"#, r#"["@data"]["@list"]"#),
    ] {
        let page = Answer::Close(response(200, &format!(r#"{{"@data":{page}}}"#)));
        let server = Server::series(&[page]);
        let mut pages = server.client().pages(&Marked::default());
        let path = path.to_owned();
        assert_eq!(fault(pages.next().await), PagingFault::Unread { path });
    }
    // What leads nowhere may be anything.
    let page = r#"{"@data":{"@list":[1],"@count":{"odata":1},"odata":{"nextLink":1},"@next":7}}"#;
    let server = Server::json(200, page);
    let mut pages = server.client().pages(&Marked::default());
    let page = pages.next().await.unwrap().unwrap();
    assert_eq!(
        (page.unread(), page.list.as_deref()),
        (&[r#"["@data"]["@count"]"#.to_owned()][..], Some(&[1][..]))
    );
    assert!(pages.is_over());
}

#[tokio::test]
async fn a_page_without_its_cursor_is_handed_over_before_the_error_and_only_once() {
    let server = Server::series(&[
        data(r#"{"list":[1],"nextCursor":"a","has_more":true}"#),
        data(r#"{"list":[2],"nextCursor":"","has_more":true}"#),
        data(r#"{"list":[2],"has_more":true}"#),
        data(r#"{"list":[2],"nextCursor":"b","has_more":true}"#),
        data(r#"{"list":[3],"has_more":false}"#),
    ]);
    let mut items = server.client().pages(&ByCursor::default()).items();
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    assert_eq!(items.next().await.unwrap().unwrap(), 2);
    assert_eq!(server.requests().len(), 2);
    // The error is said after the items, without another call.
    let Some(Err(PageError::Paging(error))) = items.next().await else { panic!("no error") };
    assert_eq!((error.fault, server.requests().len()), (PagingFault::NoCursor, 2));
    assert!(error.body.ends_with(br#"{"list":[2],"nextCursor":"","has_more":true}}"#));
    assert_eq!((items.pages().position(), items.pages().is_over()), (Some("a"), false));
    // The page is asked for again, and its items do not come again.
    assert_eq!(fault(items.next().await), PagingFault::NoCursor);
    assert_eq!(items.next().await.unwrap().unwrap(), 3);
    assert!(items.next().await.is_none());
    let [a, b] = [r#"{"cursor":"a"}"#, r#"{"cursor":"b"}"#];
    assert_eq!(asked(&server), ["{}", a, a, a, b]);
}

/// New rows at the end of the last page, on which the platform promises more too early.
#[tokio::test]
async fn a_page_that_has_grown_gives_its_new_items() {
    let answers = [
        data(r#"{"list":[1,2],"has_more":true}"#),
        data(r#"{"list":[1,2,3],"has_more":true}"#),
        data(r#"{"list":[1,2,3],"has_more":true}"#),
        data(r#"{"list":[1,2,3,4,5],"nextCursor":"a","has_more":true}"#),
        data(r#"{"list":[6],"has_more":false}"#),
    ];
    let mut items = Server::series(&answers).client().pages(&ByCursor::default()).items();
    let mut course = Vec::new();
    while let Some(item) = items.next().await {
        course.push(item.ok());
    }
    let expected = [Some(1), Some(2), None, Some(3), None, None, Some(4), Some(5), Some(6)];
    assert_eq!(course, expected);

    // A page is whole.
    let mut pages = Server::series(&answers).client().pages(&ByCursor::default());
    let mut course = Vec::new();
    while let Some(page) = pages.next().await {
        course.push(page.map(|page| page.list.len()).ok());
    }
    assert_eq!(course, [Some(2), None, Some(3), None, None, Some(5), Some(1)]);
}

#[tokio::test]
async fn what_leads_on_may_be_in_an_object_of_the_page() {
    let server = Server::series(&[
        data(r#"{"result":{"list":[1,2]},"meta":{"next":"a"}}"#),
        data(r#"{"result":{"list":[3]},"meta":{"next":""}}"#),
    ]);
    let mut items = server.client().pages(&Nested::default()).items();
    let mut read = Vec::new();
    while let Some(item) = items.next().await {
        read.push(item.unwrap());
    }
    assert_eq!(read, [1, 2, 3]);
    assert_eq!(asked(&server), ["/nested/", "/nested/?cursor=a"]);

    // Without the objects there are no items, and there is no further page.
    let server = Server::series(&[data("{}")]);
    let mut pages = server.client().pages(&Nested::default());
    assert_eq!(*pages.next().await.unwrap().unwrap(), Outer { result: None, meta: None });
    assert!(pages.is_over());

    // One that cannot be read is no end.
    for (page, path) in [
        (r#"{"result":{"list":[1]},"meta":{"next":{"at":1}}}"#, "data.meta.next"),
        (r#"{"result":{"list":[1]},"meta":7}"#, "data.meta"),
        (r#"{"result":7,"meta":{"next":"a"}}"#, "data.result"),
    ] {
        let server = Server::series(&[data(page)]);
        let mut pages = server.client().pages(&Nested::default());
        let path = path.to_owned();
        assert_eq!(fault(pages.next().await), PagingFault::Unread { path }, "{page}");
    }
}

#[tokio::test]
async fn the_last_item_leads_on_until_a_page_is_empty_or_there_is_no_more() {
    let server = Server::series(&[
        data(r#"{"list":[{"id":"r1"},{"id":"r2"}]}"#),
        data(r#"{"list":[{"id":"r3"}]}"#),
        data(r#"{"list":[]}"#),
    ]);
    let mut items = server.client().pages(&ByLastItem::default()).items();
    let mut read = Vec::new();
    while let Some(item) = items.next().await {
        read.push(item.unwrap().id.unwrap());
    }
    assert_eq!(read, ["r1", "r2", "r3"]);
    assert_eq!(asked(&server), ["/refunds/", "/refunds/?after=r2", "/refunds/?after=r3"]);

    let server = Server::series(&[data(r#"{"list":[{"id":"r1"},{}],"more":false}"#)]);
    let mut pages = server.client().pages(&ByLastItemWhileThereIsMore::default());
    assert_eq!(pages.next().await.unwrap().unwrap().list.len(), 2);
    assert!(pages.is_over());
}

#[tokio::test]
async fn a_last_item_without_its_id_is_an_error_and_no_end() {
    for list in [r#"[{"id":"r1"},{}]"#, r#"[{"id":""}]"#, r#"[{"id":["r1"]}]"#] {
        let server = Server::series(&[data(&format!(r#"{{"list":{list}}}"#))]);
        let mut pages = server.client().pages(&ByLastItem::default());
        // Its items come first.
        assert!(pages.next().await.unwrap().unwrap().list.is_some(), "{list}");
        assert_eq!(fault(pages.next().await), PagingFault::NoCursor, "{list}");
        assert!(!pages.is_over());
    }
    let server = Server::series(&[data(r#"{"list":[],"more":true}"#)]);
    let mut pages = server.client().pages(&ByLastItemWhileThereIsMore::default());
    pages.next().await.unwrap().unwrap();
    assert_eq!(fault(pages.next().await), PagingFault::NoCursor);
    // An item that came twice as the last one leads in a circle.
    let again = data(r#"{"list":[{"id":"r1"}]}"#);
    let mut pages = Server::series(&[again.clone(), again]).client().pages(&ByLastItem::default());
    pages.next().await.unwrap().unwrap();
    assert_eq!(fault(pages.next().await), PagingFault::Repeated);
}

#[tokio::test]
async fn an_error_in_the_middle_ends_nothing() {
    let server = Server::series(&[
        data(r#"{"list":[1],"nextCursor":"a","has_more":true}"#),
        Answer::Close(response(500, "down")),
        data(r#"{"list":[2],"has_more":false}"#),
    ]);
    let once = CallOptions::new().retry(RetryPolicy::never());
    let mut items = server.client().pages_with(&ByCursor::default(), once).items();
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    let error = items.next().await.unwrap().unwrap_err();
    assert!(
        matches!(&error, PageError::Call(Error::Decode(error)) if error.status == 500),
        "{error}"
    );
    assert_eq!(items.pages().position(), Some("a"));
    assert_eq!(items.next().await.unwrap().unwrap(), 2);
    assert!(items.next().await.is_none());
    assert_eq!(asked(&server), ["{}", r#"{"cursor":"a"}"#, r#"{"cursor":"a"}"#]);
}

#[tokio::test]
async fn another_program_goes_on_from_a_position() {
    let server = Server::series(&[data(r#"{"list":[3]}"#)]);
    let mut pages = server.client().pages(&ByCursor::default()).starting_at("b");
    assert_eq!(list(pages.next().await.unwrap(), |page| &page.list), [3]);
    assert_eq!(asked(&server), [r#"{"cursor":"b"}"#]);

    let mut pages = server.client().pages(&ByNumericCursor::default()).starting_at("b");
    assert_eq!(fault(pages.next().await), PagingFault::Position);
}

#[tokio::test]
async fn a_request_for_a_page_is_checked_like_any_other() {
    let server =
        Server::series(&[data(r#"{"list":[],"nextCursor":"much too long","has_more":true}"#)]);
    let mut pages = server.client().pages(&ByCursor::default());
    pages.next().await.unwrap().unwrap();
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(matches!(error, PageError::Call(Error::Invalid(_))), "{error}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn more_pages_than_allowed_are_an_error() {
    let server = Server::by(|count, _| {
        data(&format!(r#"{{"list":[1],"nextCursor":"{count}","has_more":true}}"#))
    });
    let mut pages = server.client().pages(&ByCursor::default()).max_pages(2);
    pages.next().await.unwrap().unwrap();
    pages.next().await.unwrap().unwrap();
    assert_eq!(fault(pages.next().await), PagingFault::Limit { pages: 2 });
    assert_eq!(server.requests().len(), 2);
    let mut pages = pages.max_pages(3);
    pages.next().await.unwrap().unwrap();
}

#[tokio::test]
async fn numbered_pages_end_with_the_total_or_an_empty_page() {
    let server =
        Server::series(&[data(r#"{"list":[1,2],"total":3}"#), data(r#"{"list":[3],"total":3}"#)]);
    let mut pages = server.client().pages(&ByNumber { page: 1 });
    assert_eq!(list(pages.next().await.unwrap(), |page| &page.list), [1, 2]);
    assert_eq!(list(pages.next().await.unwrap(), |page| &page.list), [3]);
    assert!(pages.next().await.is_none());
    assert_eq!(asked(&server), ["/bills/?page=1", "/bills/?page=2"]);

    // Who begins in the middle cannot tell by the total.
    let server =
        Server::series(&[data(r#"{"list":[9],"total":9}"#), data(r#"{"list":[],"total":9}"#)]);
    let mut pages = server.client().pages(&ByNumber { page: 8 });
    assert_eq!(list(pages.next().await.unwrap(), |page| &page.list), [9]);
    assert_eq!(list(pages.next().await.unwrap(), |page| &page.list), [0_i64; 0]);
    assert!(pages.next().await.is_none());

    let server =
        Server::series(&[data(r#"{"list":[1],"total":3}"#), data(r#"{"list":[],"total":3}"#)]);
    let mut pages = server.client().pages(&ByNumber { page: 1 });
    pages.next().await.unwrap().unwrap();
    assert_eq!(fault(pages.next().await), PagingFault::Short { total: 3, seen: 1 });
    assert_eq!(pages.position(), Some("2"));
}

#[tokio::test]
async fn offsets_follow_from_the_items_that_came() {
    let server =
        Server::series(&[data(r#"{"list":[1,2],"total":3}"#), data(r#"{"list":[3],"total":3}"#)]);
    let mut pages = server.client().pages(&ByOffset::default());
    pages.next().await.unwrap().unwrap();
    pages.next().await.unwrap().unwrap();
    assert!(pages.next().await.is_none());
    assert_eq!(asked(&server), ["/rows/", "/rows/?offset=2"]);

    let server = Server::series(&[data(r#"{"list":[],"total":3}"#)]);
    let mut pages = server.client().pages(&ByOffset { offset: Some(2) });
    assert_eq!(fault(pages.next().await), PagingFault::Short { total: 3, seen: 2 });
}

/// A count that the page itself contradicts was not made, as by a platform that leaves it 0.
#[tokio::test]
async fn a_count_that_a_page_contradicts_ends_nothing() {
    let answers = [
        data(r#"{"list":[1,2],"total":0}"#),
        data(r#"{"list":[3],"total":0}"#),
        data(r#"{"list":[],"total":0}"#),
    ];
    let mut items = Server::series(&answers).client().pages(&ByNumber { page: 1 }).items();
    let mut read = Vec::new();
    while let Some(item) = items.next().await {
        read.push(item.unwrap());
    }
    assert_eq!(read, [1, 2, 3]);
    let server = Server::series(&answers);
    let mut items = server.client().pages(&ByOffset::default()).items();
    let mut read = Vec::new();
    while let Some(item) = items.next().await {
        read.push(item.unwrap());
    }
    assert_eq!(read, [1, 2, 3]);
    assert_eq!(asked(&server), ["/rows/", "/rows/?offset=2", "/rows/?offset=3"]);

    let page = |list: &str, pages: u64| data(&format!(r#"{{"list":{list},"pages":{pages}}}"#));
    let server = Server::series(&[page("[1]", 0), page("[2]", 1), page("[3]", 3), page("[4]", 4)]);
    let mut pages = server.client().pages(&ByCount { page: 1 });
    for item in [1, 2, 3] {
        assert_eq!(list(pages.next().await.unwrap(), |page| &page.list), [item]);
    }
    assert!(pages.is_over());
    let mut pages = Server::series(&[page("[]", 0)]).client().pages(&ByCount { page: 1 });
    pages.next().await.unwrap().unwrap();
    assert!(pages.is_over());
}

/// 0 is where a list of numbers begins, so it is no next page; neither is a blank.
#[tokio::test]
async fn a_cursor_of_nothing_is_none() {
    for last in ["0", r#""0""#, "null", r#""""#] {
        let server = Server::series(&[
            data(r#"{"list":[1],"next":7}"#),
            data(&format!(r#"{{"list":[2],"next":{last}}}"#)),
        ]);
        let mut pages = server.client().pages(&ByNumericCursor::default());
        pages.next().await.unwrap().unwrap();
        pages.next().await.unwrap().unwrap();
        assert!(pages.is_over() && pages.next().await.is_none(), "{last}");
    }
    let server = Server::series(&[data(r#"{"list":[1],"nextCursor":" ","has_more":true}"#)]);
    let mut pages = server.client().pages(&ByCursor::default());
    pages.next().await.unwrap().unwrap();
    assert_eq!(fault(pages.next().await), PagingFault::NoCursor);
    // As text it may be a name like any other.
    let server = Server::series(&[data(r#"{"list":[1],"nextCursor":"0","has_more":true}"#)]);
    let mut pages = server.client().pages(&ByCursor::default());
    pages.next().await.unwrap().unwrap();
    assert_eq!(pages.position(), Some("0"));
}

#[tokio::test]
async fn a_number_that_says_that_there_is_more_may_be_any_but_0() {
    for (more, is_over) in [("1", false), ("2", false), ("17", false), ("-1", false), ("0", true)] {
        let page = format!(r#"{{"list":[1],"next":"a","left":{more}}}"#);
        let mut pages = Server::series(&[data(&page)]).client().pages(&WhileLeft::default());
        pages.next().await.unwrap().unwrap();
        assert_eq!(pages.is_over(), is_over, "{more}");
    }
}

#[tokio::test]
async fn links_are_followed_on_the_same_server() {
    let server = Server::by(|count, request| match count {
        0 => {
            let host = request.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
            linked(
                &format!(
                    r#"<http://{host}/issues/a?page=9>; rel="last"; title="a, <b>; rel=next", <http://{host}/issues/a?page=2&q=1,2>; title=x ; REL="prev Next""#
                ),
                "[1]",
            )
        }
        1 => linked(r#", <?page=3>;rel=next"#, "[2]"),
        _ => linked(r#"<?page=4>; rel="next"; anchor="/other", <?page=1>; rel=first"#, "[3]"),
    });
    let mut items = server.client().pages(&ByLink { repo: "a".to_owned() }).items();
    let mut read = Vec::new();
    while let Some(item) = items.next().await {
        read.push(item.unwrap());
    }
    assert_eq!(read, [1, 2, 3]);
    assert_eq!(asked(&server), ["/issues/a", "/issues/a?page=2&q=1,2", "/issues/a?page=3"]);
    assert!(server.requests().iter().all(|request| request.contains("access-token: clt.secret")));
}

#[tokio::test]
async fn no_token_goes_where_a_link_leads_away() {
    let other = Server::json(200, "[9]");
    let elsewhere = [
        format!("<{}/issues/a>; rel=next", other.url),
        "<//evil.example.com/issues/a>; rel=next".to_owned(),
        "<https://evil.example.com/issues/a>; rel=next".to_owned(),
        "<http://user:word@127.0.0.1/issues/a>; rel=next".to_owned(),
    ];
    for link in elsewhere {
        let server = Server::series(&[linked(&link, "[1]")]);
        let mut pages = server.client().pages(&ByLink { repo: "a".to_owned() });
        assert_eq!(fault(pages.next().await), PagingFault::Elsewhere, "{link}");
        assert_eq!(server.requests().len(), 1);
    }
    let server = Server::json(200, "[1]");
    let mut pages = server.client().pages(&ByLink { repo: "a".to_owned() }).starting_at(&other.url);
    assert_eq!(fault(pages.next().await), PagingFault::Elsewhere);
    assert!(other.requests().is_empty() && server.requests().is_empty());
}

#[tokio::test]
async fn a_link_with_a_token_in_it_gets_the_present_one() {
    let server = Server::series(&[
        linked("<?access_token=old&page=2>; rel=next", "[1]"),
        Answer::Close(response(200, "[2]")),
    ]);
    let mut pages = server.client().pages(&Feed {});
    pages.next().await.unwrap().unwrap();
    pages.next().await.unwrap().unwrap();
    assert!(pages.is_over());
    let asked = asked(&server);
    assert_eq!(asked, ["/feed/?access_token=clt.secret", "/feed/?page=2&access_token=clt.secret"]);
}

#[tokio::test]
async fn a_link_that_cannot_be_read_or_turns_round_is_an_error() {
    for link in [
        "<?page=2; rel=next",
        "?page=2; rel=next",
        r#"<?page=2>; rel="next"#,
        "<?page=2> rel=next",
        "<http://[>; rel=next",
    ] {
        let server = Server::series(&[linked(link, "[1]")]);
        let mut pages = server.client().pages(&ByLink { repo: "a".to_owned() });
        assert_eq!(fault(pages.next().await), PagingFault::Link, "{link}");
    }
    let server = Server::series(&[linked("</issues/a>; rel=next", "[1]")]);
    let mut pages = server.client().pages(&ByLink { repo: "a".to_owned() });
    assert_eq!(fault(pages.next().await), PagingFault::Repeated);
}

#[tokio::test]
async fn an_address_in_a_page_is_relative_to_that_of_the_page() {
    let server = Server::by(|count, request| match count {
        0 => leading(r#""/transfers/more?page=2""#, "[1]"),
        1 => leading(r#""?page=3#top""#, "[2]"),
        2 => leading(r#""even/more""#, "[3]"),
        3 => {
            let host = request.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
            leading(&format!(r#""http://{host}/transfers/last""#), "[4]")
        }
        _ => leading("null", "[5]"),
    });
    let mut items = server.client().pages(&ByAddress {}).items();
    let mut read = Vec::new();
    while let Some(item) = items.next().await {
        read.push(item.unwrap());
    }
    assert_eq!(read, [1, 2, 3, 4, 5]);
    let addresses = [
        "/transfers/all",
        "/transfers/more?page=2",
        "/transfers/more?page=3",
        "/transfers/even/more",
        "/transfers/last",
    ];
    assert_eq!(asked(&server), addresses);
    assert!(server.requests().iter().all(|request| request.contains("access-token: clt.secret")));
}

#[tokio::test]
async fn a_list_of_addresses_ends_where_there_is_none() {
    let bare = Answer::Close(response(200, r#"{"list":[1]}"#));
    for last in [leading("null", "[1]"), leading(r#"" ""#, "[1]"), leading(r#""""#, "[1]"), bare] {
        let mut pages = Server::series(&[last]).client().pages(&ByAddress {});
        pages.next().await.unwrap().unwrap();
        assert!(pages.is_over() && pages.next().await.is_none());
    }
    let mut pages = Server::series(&[leading(r#"["a"]"#, "[1]")]).client().pages(&ByAddress {});
    assert_eq!(fault(pages.next().await), PagingFault::Unread { path: "links.next".to_owned() });
}

#[tokio::test]
async fn no_token_goes_where_an_address_leads_away() {
    let other = Server::json(200, r#"{"list":[9]}"#);
    let elsewhere = [
        format!("{}/transfers/all", other.url),
        "//evil.example.com/transfers/all".to_owned(),
        "https://evil.example.com/transfers/all".to_owned(),
        "http://user:word@127.0.0.1/transfers/all".to_owned(),
        r"\\\\evil.example.com/transfers/all".to_owned(),
    ];
    for address in elsewhere {
        let server = Server::series(&[leading(&format!("\"{address}\""), "[1]")]);
        let mut pages = server.client().pages(&ByAddress {});
        assert_eq!(fault(pages.next().await), PagingFault::Elsewhere, "{address}");
        assert_eq!(server.requests().len(), 1);
    }
    assert!(other.requests().is_empty());
    let server = Server::series(&[leading(r#""/transfers/all""#, "[1]")]);
    let mut pages = server.client().pages(&ByAddress {});
    assert_eq!(fault(pages.next().await), PagingFault::Repeated);
}

#[tokio::test]
async fn rate_limits_and_retries_are_those_of_any_call() {
    let server = Server::series(&[Answer::Close(response(503, "down")), data(r#"{"list":[1]}"#)]);
    let mut pages = server.client().pages(&ByCursor::default());
    assert_eq!(list(pages.next().await.unwrap(), |page| &page.list), [1]);
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn whoever_gives_up_waiting_loses_no_page() {
    let server = Server::series(&[
        data(r#"{"list":[1],"nextCursor":"a","has_more":true}"#),
        data(r#"{"list":[2]}"#),
    ]);
    let mut pages = server.client().pages(&ByCursor::default());
    let gave_up = {
        let mut next = pin!(pages.next());
        poll_fn(|cx| Poll::Ready(next.as_mut().poll(cx).is_pending())).await
    };
    assert!(gave_up);
    assert_eq!(list(pages.next().await.unwrap(), |page| &page.list), [1]);
    assert_eq!(list(pages.next().await.unwrap(), |page| &page.list), [2]);
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn pages_and_items_are_streams() {
    fn stream<S: Stream<Item = T> + Send + 'static, T>(stream: S) -> S {
        stream
    }
    let server = Server::series(&[data(r#"{"list":[1,2]}"#)]);
    drop(stream(server.client().pages(&ByCursor::default())));
    let mut items = pin!(stream(server.client().pages(&ByCursor::default()).items()));
    let mut read = Vec::new();
    while let Some(item) = poll_fn(|cx| items.as_mut().poll_next(cx)).await {
        read.push(item.unwrap());
    }
    assert_eq!(read, [1, 2]);
}

#[test]
fn the_blocking_client_has_iterators() {
    let server = Server::series(&[
        data(r#"{"list":[1,2],"nextCursor":"a","has_more":true}"#),
        data(r#"{"list":[3]}"#),
    ]);
    let client = apiscribe::blocking::Client::new(server.builder()).unwrap();
    let pages = client.pages(&ByCursor::default());
    assert_eq!(pages.items().collect::<Result<Vec<i64>, _>>().unwrap(), [1, 2, 3]);
    let mut pages = client.pages(&ByCursor::default()).max_pages(1).starting_at("b");
    assert_eq!(list(pages.next().unwrap(), |page| &page.list), [3]);
    assert!(pages.next().is_none() && pages.is_over());
}

#[tokio::test]
async fn the_blocking_iterators_refuse_to_wait_inside_a_runtime() {
    let server = Server::series(&[data(r#"{"list":[1]}"#)]);
    let client = apiscribe::blocking::Client::new(server.builder()).unwrap();
    let error = client.pages(&ByCursor::default()).next().unwrap().unwrap_err();
    assert!(matches!(error, PageError::Call(Error::Request(RequestError::BlockingInRuntime))));
}
