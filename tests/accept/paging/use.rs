//! A request of which the responses are pages knows where the next one is.

use apiscribe::{Endpoint, Paged, PagingFault, Turn, http};

use super::api::demo::{
    BillsRequest, Cursor, DisputesRequest, IssuesRequest, OrdersRequest, PaymentsRequest,
    RefundsRequest,
};

fn page<R: Endpoint>(body: &str) -> R::Response {
    R::from_http(http::Response::new(body.as_bytes().to_vec()))
        .unwrap_or_else(|_| panic!("{body}"))
        .data
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

    let mut request = RefundsRequest::new(1);
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
}
