//! A request of which the responses are pages knows where the next one is.

use apiscribe::endpoint::{Paged, Turn};
use apiscribe::error::PagingFault;
use apiscribe::{Endpoint, http};

use super::api::demo::{
    BillsRequest, ChannelsRequest, Cursor, DisputesRequest, IssuesRequest, OrdersRequest,
    PaymentsRequest, RefundsRequest, RefundsRequired, TeamsRequest, TransfersRequest,
};

fn page<R: Endpoint>(body: &str) -> R::Response {
    R::from_http(http::Response::new(body.as_bytes().to_vec()))
        .unwrap_or_else(|_| panic!("{body}"))
        .into_data()
}

#[test]
fn a_position_is_a_field_of_the_request() {
    let mut request = OrdersRequest { size: Some(20), ..OrdersRequest::new() };
    assert_eq!(request.position(), None);
    request.seek("c2").unwrap();
    assert_eq!(
        (request.position().as_deref(), &request.cursor),
        (Some("c2"), &Some(Cursor::from("c2")))
    );

    let mut request = RefundsRequest::new(RefundsRequired { page: 1 });
    request.seek("2").unwrap();
    assert_eq!((request.page, request.seek("two")), (2, Err(PagingFault::Position)));
    assert_eq!((IssuesRequest::new().position(), IssuesRequest::new().seek("")), (None, Ok(())));
}

#[test]
fn items_are_those_of_the_list() {
    let orders =
        page::<OrdersRequest>(r#"{"code":0,"data":{"orderList":[{"id":"1"}],"hasMore":false}}"#);
    let ids: Vec<_> = OrdersRequest::items(orders).into_iter().map(|order| order.id).collect();
    assert_eq!(ids, [Some("1".to_owned())]);
    let bills = page::<BillsRequest>(r#"{"code":0,"data":{"list":[5]}}"#);
    assert_eq!(BillsRequest::items(bills), [5]);
    assert_eq!(DisputesRequest::items(page::<DisputesRequest>(r#"[{"id":"1"}]"#)).len(), 1);
    assert_eq!(IssuesRequest::items(page::<IssuesRequest>(r#"[{"id":"1"},{}]"#)).len(), 2);
}

#[test]
fn the_way_to_the_next_page_and_what_says_so_are_known() {
    assert_eq!(OrdersRequest::PAGING.turn, Turn::Cursor);
    assert_eq!(OrdersRequest::PAGING.reads, ["orderList", "nextCursor", "hasMore"]);
    assert_eq!(RefundsRequest::PAGING.turn, Turn::Number { first: 1 });
    assert_eq!((BillsRequest::PAGING.turn, IssuesRequest::PAGING.turn), (Turn::Offset, Turn::Link));
    assert_eq!(PaymentsRequest::PAGING.turn, Turn::Cursor);
    assert_eq!(PaymentsRequest::PAGING.reads, ["list", "more"]);
    assert_eq!(DisputesRequest::PAGING.reads, [] as [&str; 0]);
    assert_eq!(TransfersRequest::PAGING.turn, Turn::Url);
    assert_eq!(TransfersRequest::PAGING.reads, ["data", "links.next"]);
}

#[test]
fn what_leads_on_may_be_in_objects_of_the_page() {
    let reads = ["result.list", "response_metadata.next_cursor", "result.state.has_more"];
    assert_eq!(ChannelsRequest::PAGING.reads, reads);
    let mark = |body: &str| {
        let page = page::<ChannelsRequest>(body);
        let mark = format!("{:?}", ChannelsRequest::mark(&page));
        (mark, ChannelsRequest::items(page).len())
    };
    let (full, count) = mark(
        r#"{"result":{"list":[{"id":"1"}],"state":{"has_more":true}},"response_metadata":{"next_cursor":"c"}}"#,
    );
    assert_eq!(count, 1);
    for part in ["items: 1", r#"cursor: Some("c")"#, "more: Some(true)"] {
        assert!(full.contains(part), "{full}");
    }
    // What is absent on the way says nothing.
    for absent in [r#"{"result":{"list":[{}]}}"#, r#"{"result":{"list":[{}],"state":null}}"#] {
        let (absent, count) = mark(absent);
        assert_eq!(count, 1);
        for part in ["items: 1", "cursor: None", "more: Some(false)"] {
            assert!(absent.contains(part), "{absent}");
        }
    }
}

#[test]
fn a_field_whose_own_name_has_a_dot_is_no_path() {
    let teams = page::<TeamsRequest>(r#"{"page.list":[{"id":"1"}],"page":{"total":7,"list":[]}}"#);
    assert!(format!("{:?}", TeamsRequest::mark(&teams)).contains("total: Some(7)"));
    assert_eq!(TeamsRequest::items(teams).len(), 1);
}
